// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <optional>

#include "core/base/result.h"
#include "core/wire/socketio_head.h"
#include "core/wire/socketio_packet.h"

namespace gx::wire {

// Turns the Engine.IO messages of one connection into checked Socket.IO packets; keeps a packet while its binary parts
// are missing. An error means the peer broke the protocol (kind TooLarge: a size, close 1009): close the connection,
// then reset() or drop the decoder.
class SocketIoDecoder final {
 public:
  // Text of one Engine.IO message, without its '4'. nullopt: binary parts must follow. The views of the packet live
  // until the next call and no longer than `frame`.
  [[nodiscard]] Result<std::optional<SocketIoPacket>> takeText(QByteArrayView frame);
  // One binary Engine.IO message.
  [[nodiscard]] Result<std::optional<SocketIoPacket>> takeBinary(QByteArrayView frame);

  // Binary parts are missing. The owner gives them kBinaryWait, then closes.
  [[nodiscard]] bool isWaiting() const { return m_attachmentsPromised > 0; }
  // Bytes held for a packet that is not complete.
  [[nodiscard]] qsizetype bytesHeld() const { return isWaiting() ? m_bytesHeld : 0; }
  // Forgets what is half there.
  void reset();

 private:
  Result<SocketIoPacket> parse(QByteArrayView text);
  Result<> readEvent(SocketIoPacket &packet, const SocketIoHead &head);
  Result<> readName(SocketIoPacket &packet, QByteArrayView raw);

  QByteArray m_header;  // text of the packet that waits
  QByteArray m_name;    // event name given last, when it had escapes
  QList<QByteArray> m_attachments;
  int m_attachmentsPromised = 0;
  qsizetype m_bytesHeld = 0;
};

}  // namespace gx::wire
