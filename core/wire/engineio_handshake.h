// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <chrono>

#include "core/base/result.h"

namespace gx::wire {

// Data of the Open packet: what the server tells a new session.
struct EngineIoHandshake {
  QByteArray sid;                // 1 to 64 printable characters without space
  QList<QByteArray> upgrades{};  // transports to change to: "websocket"
  std::chrono::milliseconds pingInterval{0};
  std::chrono::milliseconds pingTimeout{0};
  qint64 maxPayload = 0;  // bytes of one polling body; 0 = not told (servers before 6.1)

  bool operator==(const EngineIoHandshake &) const = default;
};

[[nodiscard]] Result<EngineIoHandshake> parseEngineIoHandshake(QByteArrayView json);
[[nodiscard]] QByteArray toJson(const EngineIoHandshake &handshake);

// Codes of the error body that answers a refused HTTP request (status 400, Forbidden 403).
enum class EngineIoError : int {
  UnknownTransport = 0,
  UnknownSession = 1,
  BadHandshakeMethod = 2,
  BadRequest = 3,
  Forbidden = 4,
  UnsupportedVersion = 5,
};

// {"code":1,"message":"Session ID unknown"}: the words of the reference server.
[[nodiscard]] QByteArray toJson(EngineIoError error);

}  // namespace gx::wire
