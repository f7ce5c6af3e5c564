// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <optional>

#include "core/wire/engineio_packet.h"
#include "core/wire/limits.h"

namespace gx::wire {

// Reads the packets of one long-polling body: text packets as they are, binary ones as 'b' and base64, 0x1e between
// them.
class EngineIoPayloadReader final {
 public:
  // `body` must outlive the reader. A client may allow more packets than a server does.
  explicit EngineIoPayloadReader(QByteArrayView body, int maxPackets = limits::kEnginePacketsPerPost);

  // The next packet, nullopt after the last. Its data lives until the next call. An empty body, an empty packet, an
  // unknown type, bad base64, bad UTF-8 or one packet too many is an error and ends the session.
  [[nodiscard]] Result<std::optional<EngineIoPacket>> next();

 private:
  Result<std::optional<EngineIoPacket>> binaryPacket(QByteArrayView base64);

  QByteArrayView m_rest;
  QByteArray m_decoded;  // of the binary packet given last
  int m_packetsLeft;
  bool m_isAtEnd = false;
};

// Adds one packet, with a separator when `payload` holds something. Works for binary ones too.
void appendToPayload(QByteArray &payload, const EngineIoPacket &packet);

// Adds an already encoded text frame ("42[...]").
void appendTextToPayload(QByteArray &payload, QByteArrayView textFrame);

// What appendToPayload() adds at most, the separator included.
[[nodiscard]] qsizetype payloadSize(const EngineIoPacket &packet);

}  // namespace gx::wire
