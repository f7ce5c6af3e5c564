// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <optional>
#include <span>

namespace gx::wire {

// An event to be sent. The arguments are raw JSON that was validated before (a decoder's argumentList, a DTO's
// toJson()).
struct OutgoingEvent {
  QByteArrayView name;
  QByteArrayView argumentList{};  // values with commas between them: `{"a":1},"x"`; empty for none
  QByteArrayView nsp = "/";
  std::optional<quint32> ackId{};  // when an answer is wanted
  int attachments = 0;             // binary frames that follow; the placeholders are in argumentList
};

struct OutgoingAck {
  quint32 ackId = 0;
  QByteArrayView argumentList{};
  QByteArrayView nsp = "/";
  int attachments = 0;
};

// All of these give a whole Engine.IO text frame, its '4' included, that goes out as it is on a WebSocket or by
// appendTextToPayload() on polling. Attachments follow as binary Engine.IO packets, in order, nothing between.
[[nodiscard]] QByteArray encodeEvent(const OutgoingEvent &event);
[[nodiscard]] QByteArray encodeAck(const OutgoingAck &ack);
[[nodiscard]] QByteArray encodeConnect(QByteArrayView nsp, QByteArrayView payload = {});  // an object, or nothing
[[nodiscard]] QByteArray encodeConnectError(QByteArrayView nsp,
                                            QByteArrayView payload);  // {"message":"Invalid namespace"}
[[nodiscard]] QByteArray encodeDisconnect(QByteArrayView nsp);

// The same, added to what `out` holds: for callers that put a transport's header before it.
void appendEvent(QByteArray &out, const OutgoingEvent &event);
void appendAck(QByteArray &out, const OutgoingAck &ack);

// `a,b,c` from raw JSON values.
[[nodiscard]] QByteArray joinArguments(std::span<const QByteArrayView> values);

// {"_placeholder":true,"num":N}: stands for attachment N in an argument.
[[nodiscard]] QByteArray attachmentPlaceholder(int num);

}  // namespace gx::wire
