// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/socketio_decoder.h"

#include "core/wire/json_scanner.h"
#include "core/wire/socketio_placeholders.h"

namespace gx::wire {

namespace {

constexpr qsizetype kLongestRawName = limits::kEventNameBytes * 6 + 2;  // every byte as \u00XX, and the quotes

// The payload of everything but events and acks.
Result<> readControl(SocketIoPacket &packet, const SocketIoHead &head) {
  if (head.ackId) return fail(ErrorKind::Invalid, "socket.io: packet type takes no ack id");
  packet.payload = head.payload;
  if (packet.type == SocketIoType::Disconnect)
    return head.payload.isEmpty() ? Result<>() : fail(ErrorKind::Invalid, "socket.io: disconnect takes no payload");
  if (packet.type == SocketIoType::Connect && head.payload.isEmpty()) return {};
  const auto kind = validateJson(head.payload);
  if (!kind) return fail(kind.error());
  const bool isOther = packet.type == SocketIoType::Connect ? *kind == JsonKind::Array : *kind == JsonKind::String;
  if (*kind != JsonKind::Object && !isOther) return fail(ErrorKind::Invalid, "socket.io: payload of a wrong kind");
  return {};
}

Result<> addArgument(SocketIoPacket &packet, QByteArrayView value) {
  if (packet.argumentCount == limits::kEventArguments) return fail(ErrorKind::Invalid, "socket.io: too many arguments");
  packet.argumentSlots[static_cast<size_t>(packet.argumentCount++)] = value;
  const char *begin = packet.argumentSlots[0].begin();
  packet.argumentList = QByteArrayView(begin, value.end());
  return {};
}

}  // namespace

Result<std::optional<SocketIoPacket>> SocketIoDecoder::takeText(QByteArrayView frame) {
  if (isWaiting()) return fail(ErrorKind::Invalid, "socket.io: text where a binary part was promised");
  if (frame.size() > limits::kWebSocketMessageBytes) return fail(ErrorKind::TooLarge, "socket.io: message too large");
  m_header.clear();
  auto packet = parse(frame);
  if (!packet) return fail(packet.error());
  if (m_attachmentsPromised == 0) return std::optional(std::move(*packet));
  m_header = frame.toByteArray();
  m_bytesHeld = frame.size();
  return std::nullopt;
}

Result<std::optional<SocketIoPacket>> SocketIoDecoder::takeBinary(QByteArrayView frame) {
  if (!isWaiting()) return fail(ErrorKind::Invalid, "socket.io: binary part that was not promised");
  m_bytesHeld += frame.size();
  if (m_bytesHeld > limits::kWebSocketMessageBytes) return fail(ErrorKind::TooLarge, "socket.io: message too large");
  m_attachments.append(frame.toByteArray());
  if (m_attachments.size() < m_attachmentsPromised) return std::nullopt;
  auto packet = parse(m_header);
  if (!packet) return fail(packet.error());
  packet->attachments = std::exchange(m_attachments, {});
  m_attachmentsPromised = 0;
  return std::optional(std::move(*packet));
}

void SocketIoDecoder::reset() {
  m_header.clear();
  m_attachments.clear();
  m_attachmentsPromised = 0;
}

Result<SocketIoPacket> SocketIoDecoder::parse(QByteArrayView text) {
  const auto head = parseSocketIoHead(text);
  if (!head) return fail(head.error());
  SocketIoPacket packet;
  packet.type = head->type;
  packet.nsp = head->nsp;
  packet.ackId = head->ackId;
  const auto read = packet.isEvent() || packet.isAck() ? readEvent(packet, *head) : readControl(packet, *head);
  if (!read) return fail(read.error());
  if (head->isBinary()) {
    const auto checked = checkPlaceholders(head->payload, head->attachments);
    if (!checked) return fail(checked.error());
  }
  m_attachmentsPromised = head->attachments;
  return packet;
}

Result<> SocketIoDecoder::readEvent(SocketIoPacket &packet, const SocketIoHead &head) {
  if (packet.isAck() && !head.ackId) return fail(ErrorKind::Invalid, "socket.io: ack without id");
  JsonWalker walker(head.payload);
  if (walker.isObject()) return fail(ErrorKind::Invalid, "socket.io: payload is not an array");
  bool isNameNext = packet.isEvent();
  while (walker.next()) {
    const auto taken = isNameNext ? readName(packet, walker.value()) : addArgument(packet, walker.value());
    if (!taken) return taken;
    isNameNext = false;
  }
  if (walker.failed()) return fail(walker.error());
  return isNameNext ? fail(ErrorKind::Invalid, "socket.io: event without a name") : Result<>();
}

Result<> SocketIoDecoder::readName(SocketIoPacket &packet, QByteArrayView raw) {
  if (jsonKind(raw) != JsonKind::String) return fail(ErrorKind::Invalid, "socket.io: event name is not a string");
  if (raw.size() > kLongestRawName) return fail(ErrorKind::Invalid, "socket.io: event name too long");
  packet.name = raw.sliced(1, raw.size() - 2);
  if (packet.name.contains('\\')) packet.name = m_name = unescapeJson(raw);
  if (packet.name.size() > limits::kEventNameBytes) return fail(ErrorKind::Invalid, "socket.io: event name too long");
  if (isReservedEventName(packet.name)) return fail(ErrorKind::Invalid, "socket.io: reserved event name");
  return {};
}

}  // namespace gx::wire
