// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/crypto/protobuf_reader.h"

namespace gx::crypto {

namespace {

constexpr quint32 kWireNumber = 0;
constexpr quint32 kWireBytes = 2;
constexpr quint32 kMaxFieldNumber = 31;

}  // namespace

std::optional<ProtobufField> ProtobufReader::next() {
  if (m_rest.isEmpty() || m_hasFailed) return std::nullopt;
  const std::optional<quint32> tag = readNumber();
  if (!tag) return failed();
  ProtobufField field;
  field.number = *tag >> 3;
  field.isBytes = (*tag & 7) == kWireBytes;
  if (field.number == 0 || field.number > kMaxFieldNumber) return failed();
  if (!field.isBytes && (*tag & 7) != kWireNumber) return failed();
  const std::optional<quint32> value = readNumber();
  if (!value) return failed();
  if (!field.isBytes) {
    field.value = *value;
    return field;
  }
  if (*value > static_cast<quint64>(m_rest.size())) return failed();
  field.bytes = m_rest.first(*value);
  m_rest = m_rest.sliced(*value);
  return field;
}

// A varint of at most 32 bits.
std::optional<quint32> ProtobufReader::readNumber() {
  quint64 number = 0;
  for (int i = 0; i < 5; ++i) {
    if (m_rest.size() <= i) return std::nullopt;
    const auto byte = static_cast<unsigned char>(m_rest[i]);
    number |= static_cast<quint64>(byte & 0x7f) << (7 * i);
    if (byte & 0x80) continue;
    if (number > 0xffffffff) return std::nullopt;
    m_rest = m_rest.sliced(i + 1);
    return static_cast<quint32>(number);
  }
  return std::nullopt;
}

std::optional<ProtobufField> ProtobufReader::failed() {
  m_hasFailed = true;
  return std::nullopt;
}

}  // namespace gx::crypto
