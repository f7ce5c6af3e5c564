// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <chrono>
#include <vector>

#include "core/wire/limits.h"

namespace gx::server::realtime {

// How an Engine.IO server behaves; tests and conformance servers scale the times.
struct EngineIoOptions {
  QByteArray path = "/socket.io/";
  std::chrono::milliseconds pingInterval = wire::limits::kPingInterval;
  std::chrono::milliseconds pingTimeout = wire::limits::kPingTimeout;
  std::chrono::milliseconds upgradeWithin = wire::limits::kUpgradeTime;
  qint64 maxPayload = wire::limits::kEnginePayloadBytes;
  int maxPacketsPerPost = wire::limits::kEnginePacketsPerPost;
  qint64 sendQueueBytes = wire::limits::kSendQueueBytes;  // of a polling session, whose mail waits here
  int sendQueuePackets = wire::limits::kSendQueuePackets;
  // Web pages that may talk to us, "https://app.example" each; "*" alone lets all. Requests without Origin are no web
  // pages.
  std::vector<QByteArray> allowedOrigins;
};

}  // namespace gx::server::realtime
