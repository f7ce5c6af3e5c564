// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QUrl>
#include <chrono>

#include "core/wire/limits.h"

namespace gx::net {

enum class TransportMode { PollingThenWebSocket, PollingOnly, WebSocketOnly };

// Invalid: the server breaks Engine.IO or Socket.IO, or says that we do.
inline constexpr char kProtocolError[] = "protocol_error";

struct EngineIoOptions {
  QUrl url{};  // http(s)://host/socket.io/
  TransportMode mode = TransportMode::PollingThenWebSocket;
  std::chrono::milliseconds connectTime{20'000};                      // to the Open packet
  std::chrono::milliseconds upgradeTime{wire::limits::kUpgradeTime};  // then the session stays with polling
  qsizetype maxMessage = 4 * wire::limits::kMiB;                      // received; more ends the connection
};

}  // namespace gx::net
