// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QList>
#include <QUrl>
#include <chrono>
#include <utility>

#include "core/wire/limits.h"

namespace gx::net {

using HttpHeaders = QList<std::pair<QByteArray, QByteArray>>;

struct HttpRequest {
  QByteArray method = "GET";
  QUrl url{};
  HttpHeaders headers{};
  QByteArray body{};
  std::chrono::milliseconds timeout{30'000};       // for the whole exchange
  qsizetype maxResponse = 4 * wire::limits::kMiB;  // bytes of the body; more is cut and fails
};

struct HttpResponse {
  int status = 0;
  HttpHeaders headers{};
  QByteArray body{};

  // The first value of a header, empty if there is none; names without regard to case.
  [[nodiscard]] QByteArray header(QByteArrayView name) const;
};

}  // namespace gx::net
