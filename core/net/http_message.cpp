// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/net/http_message.h"

#include <algorithm>

namespace gx::net {

QByteArray HttpResponse::header(QByteArrayView name) const {
  const auto found = std::find_if(headers.begin(), headers.end(), [&](const auto &line) {
    return QByteArrayView(line.first).compare(name, Qt::CaseInsensitive) == 0;
  });
  return found == headers.end() ? QByteArray() : found->second;
}

}  // namespace gx::net
