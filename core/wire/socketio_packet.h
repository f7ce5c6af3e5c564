// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <array>
#include <optional>
#include <span>

#include "core/wire/limits.h"

namespace gx::wire {

enum class SocketIoType : quint8 { Connect, Disconnect, Event, Ack, ConnectError, BinaryEvent, BinaryAck };

// One Socket.IO v5 packet as it came in, checked. Everything but the attachments is a view into the frame (or, once
// binary parts were waited for, into the decoder): copy what must live beyond the next call of the decoder.
//
//   42/chat,17["send",{"to":1},"x"]
//   |  |    |   |     |<--------->|  argumentList: raw JSON, ready to be spliced into another frame
//   |  |    |   name  arguments()[0], [1]
//   |  nsp  ackId
//   type (after Engine.IO's 4)
struct SocketIoPacket {
  SocketIoType type = SocketIoType::Event;
  QByteArrayView nsp = "/";         // starts with '/', at most kNamespaceBytes; without the query some clients append
  std::optional<quint32> ackId{};   // Event: an answer is wanted. Ack: always there
  QByteArrayView name{};            // Event: unescaped, not reserved, at most kEventNameBytes
  QByteArrayView payload{};         // Connect: an object or array, or empty. ConnectError: an object or string
  QByteArrayView argumentList{};    // Event, Ack: raw JSON values with their commas, without brackets and name
  QList<QByteArray> attachments{};  // Binary*: in the order of the placeholders' `num`
  std::array<QByteArrayView, limits::kEventArguments> argumentSlots{};
  int argumentCount = 0;

  [[nodiscard]] bool isEvent() const { return type == SocketIoType::Event || type == SocketIoType::BinaryEvent; }
  [[nodiscard]] bool isAck() const { return type == SocketIoType::Ack || type == SocketIoType::BinaryAck; }
  // Each one valid JSON, with {"_placeholder":true,"num":N} where attachment N belongs.
  [[nodiscard]] std::span<const QByteArrayView> arguments() const {
    return std::span(argumentSlots).first(static_cast<size_t>(argumentCount));
  }
};

// Names that mean something else to the reference implementations and never travel as events.
[[nodiscard]] bool isReservedEventName(QByteArrayView name);

}  // namespace gx::wire
