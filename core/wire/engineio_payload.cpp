// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/engineio_payload.h"

#include "core/base/bytes.h"
#include "core/wire/utf8.h"

namespace gx::wire {

namespace {

constexpr char kSeparator = '\x1e';
constexpr char kBinaryMark = 'b';

}  // namespace

EngineIoPayloadReader::EngineIoPayloadReader(QByteArrayView body, int maxPackets)
    : m_rest(body), m_packetsLeft(maxPackets) {}

Result<std::optional<EngineIoPacket>> EngineIoPayloadReader::next() {
  if (m_isAtEnd) return std::nullopt;
  if (m_packetsLeft-- == 0) return fail(ErrorKind::TooLarge, "engine.io: too many packets in one payload");
  const qsizetype separator = m_rest.indexOf(kSeparator);
  const QByteArrayView frame = separator < 0 ? m_rest : m_rest.first(separator);
  m_isAtEnd = separator < 0;
  if (!m_isAtEnd) m_rest = m_rest.sliced(separator + 1);
  if (frame.startsWith(kBinaryMark)) return binaryPacket(frame.sliced(1));
  if (!isUtf8(frame)) return fail(ErrorKind::Invalid, "engine.io: packet is not UTF-8");
  const auto packet = parseEngineIoText(frame);
  if (!packet) return fail(packet.error());
  return *packet;
}

Result<std::optional<EngineIoPacket>> EngineIoPayloadReader::binaryPacket(QByteArrayView base64) {
  auto decoded = fromBase64(base64);
  if (!decoded) return fail(ErrorKind::Invalid, "engine.io: bad base64");
  m_decoded = std::move(*decoded);
  return engineIoBinary(m_decoded);
}

void appendToPayload(QByteArray &payload, const EngineIoPacket &packet) {
  if (!payload.isEmpty()) payload.append(kSeparator);
  if (packet.isBinary)
    payload.append(kBinaryMark).append(toBase64(packet.data.toByteArray()));
  else
    payload.append(static_cast<char>(packet.type)).append(packet.data);
}

void appendTextToPayload(QByteArray &payload, QByteArrayView textFrame) {
  if (!payload.isEmpty()) payload.append(kSeparator);
  payload.append(textFrame);
}

qsizetype payloadSize(const EngineIoPacket &packet) {
  return 2 + (packet.isBinary ? (packet.data.size() + 2) / 3 * 4 : packet.data.size());
}

}  // namespace gx::wire
