// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QtGlobal>
#include <chrono>

#include "core/wire/limits.h"

namespace gx::server::net {

// What one listener and its connections may take (SECURITY.md 3.1). Configuration may change each; tests scale the
// times.
struct NetLimits {
  // Connections; 0 means no limit.
  int unauthenticatedPerAddress = wire::limits::kUnauthenticatedPerAddress;  // IPv6: per /64
  int unauthenticatedTotal = wire::limits::kUnauthenticatedTotal;
  int connectionsTotal = 0;

  // HTTP head and body.
  qsizetype requestLine = wire::limits::kRequestLineBytes;
  qsizetype headerLine = wire::limits::kHeaderLineBytes;
  int headerCount = wire::limits::kHeaderCount;
  qsizetype headerTotal = wire::limits::kHeaderTotalBytes;
  int pipelined = wire::limits::kPipelinedRequests;  // requests that wait for their answer; then the client is not read
  qint64 body = wire::limits::kJsonBodyBytes;        // where the handler names no other limit
  qint64 bodyBytesPerSecond = wire::limits::kBodyBytesPerSecond;

  std::chrono::milliseconds headerWithin = wire::limits::kHeaderTime;  // from accept or first byte to the empty line
  std::chrono::milliseconds bodyGrace = wire::limits::kBodyGrace;      // before the minimum rate counts
  std::chrono::milliseconds idleKeepAlive = wire::limits::kKeepAliveIdle;
  std::chrono::milliseconds answerWithin = std::chrono::seconds(120);  // a handler that never answers: 503
  std::chrono::milliseconds stalledWrite = wire::limits::kSendStall;   // a reader that takes nothing is dropped
  std::chrono::milliseconds lingering = std::chrono::seconds(2);       // for the peer to read the last answer

  qint64 sendQueueBytes = wire::limits::kSendQueueBytes;
  int sendQueuePackets = wire::limits::kSendQueuePackets;

  qsizetype webSocketFrame = wire::limits::kWebSocketFrameBytes;
  qsizetype webSocketMessage = wire::limits::kWebSocketMessageBytes;
  int webSocketFragments = wire::limits::kWebSocketFragments;
  int webSocketPings = wire::limits::kWebSocketPings;  // in webSocketPingWindow
  std::chrono::milliseconds webSocketPingWindow = wire::limits::kWebSocketPingWindow;
  std::chrono::milliseconds webSocketCloseWithin = std::chrono::seconds(5);  // for the peer's Close

  // For the conformance servers and load generators: everything comes from one address there and nobody signs in.
  [[nodiscard]] static NetLimits withoutAdmission() {
    NetLimits limits;
    limits.unauthenticatedPerAddress = 0;
    limits.unauthenticatedTotal = 0;
    return limits;
  }
};

}  // namespace gx::server::net
