// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "tests/support/raw_http.h"

namespace gx::test {

// Names a parameterised test by its row: `const char *name`, "A06_TenBillionBytes".
struct RowName {
  template <typename Row>
  std::string operator()(const ::testing::TestParamInfo<Row> &info) const {
    return info.param.name;
  }
};

// A whole answer as it came from the line.
[[nodiscard]] inline RawResponse responseOf(const QByteArray &received) {
  RawResponse response;
  const qsizetype end = received.indexOf("\r\n\r\n");
  if (end < 0) return response;
  const QList<QByteArray> lines = received.first(end).split('\n');
  response.status = lines.first().split(' ').value(1).toInt();
  for (const QByteArray &line : lines.sliced(1)) {
    const qsizetype colon = line.indexOf(':');
    if (colon > 0) response.headers.insert(line.first(colon).toLower(), line.sliced(colon + 1).trimmed());
  }
  response.body =
      received.sliced(end + 4, qMin(received.size() - end - 4, response.headers.value("content-length").toLongLong()));
  return response;
}

}  // namespace gx::test
