// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/socketio_encoder.h"

#include "core/wire/json_writer.h"

namespace gx::wire {

namespace {

// "4", type, attachments, namespace, ack id: all that stands before the payload.
void appendSocketIoHead(QByteArray &out, char type, int attachments, QByteArrayView nsp) {
  out.append('4').append(type);
  if (attachments > 0) out.append(QByteArray::number(attachments)).append('-');
  if (nsp != "/") out.append(nsp).append(',');
}

QByteArray controlFrame(char type, QByteArrayView nsp, QByteArrayView payload) {
  QByteArray frame;
  frame.reserve(4 + nsp.size() + payload.size());
  appendSocketIoHead(frame, type, 0, nsp);
  return frame.append(payload);
}

constexpr qsizetype kHeadRoom = 24;  // type, attachments, ack id, quotes and brackets

}  // namespace

void appendEvent(QByteArray &out, const OutgoingEvent &event) {
  appendSocketIoHead(out, event.attachments > 0 ? '5' : '2', event.attachments, event.nsp);
  if (event.ackId) out.append(QByteArray::number(*event.ackId));
  out.append('[');
  appendJsonString(out, event.name);
  if (!event.argumentList.isEmpty()) out.append(',').append(event.argumentList);
  out.append(']');
}

void appendAck(QByteArray &out, const OutgoingAck &ack) {
  appendSocketIoHead(out, ack.attachments > 0 ? '6' : '3', ack.attachments, ack.nsp);
  out.append(QByteArray::number(ack.ackId)).append('[').append(ack.argumentList).append(']');
}

QByteArray encodeEvent(const OutgoingEvent &event) {
  QByteArray frame;
  frame.reserve(kHeadRoom + event.nsp.size() + event.name.size() + event.argumentList.size());
  appendEvent(frame, event);
  return frame;
}

QByteArray encodeAck(const OutgoingAck &ack) {
  QByteArray frame;
  frame.reserve(kHeadRoom + ack.nsp.size() + ack.argumentList.size());
  appendAck(frame, ack);
  return frame;
}

QByteArray encodeConnect(QByteArrayView nsp, QByteArrayView payload) {
  return controlFrame('0', nsp, payload);
}

QByteArray encodeDisconnect(QByteArrayView nsp) {
  return controlFrame('1', nsp, {});
}

QByteArray encodeConnectError(QByteArrayView nsp, QByteArrayView payload) {
  return controlFrame('4', nsp, payload);
}

QByteArray joinArguments(std::span<const QByteArrayView> values) {
  QByteArray list;
  for (const QByteArrayView value : values) {
    if (!list.isEmpty()) list.append(',');
    list.append(value);
  }
  return list;
}

QByteArray attachmentPlaceholder(int num) {
  return "{\"_placeholder\":true,\"num\":" + QByteArray::number(num) + '}';
}

}  // namespace gx::wire
