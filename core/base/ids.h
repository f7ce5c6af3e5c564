// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QHashFunctions>
#include <array>
#include <compare>
#include <optional>

#include "core/base/clock.h"
#include "core/base/random.h"

namespace gx {

// A UUID that cannot be mistaken for another kind of id. Text form: 36 lower-case characters (RFC 9562).
template <typename Tag>
struct Uuid {
  std::array<unsigned char, 16> bytes{};

  [[nodiscard]] bool isNull() const { return bytes == std::array<unsigned char, 16>{}; }
  auto operator<=>(const Uuid &) const = default;
};

namespace detail {
[[nodiscard]] QByteArray uuidText(const std::array<unsigned char, 16> &bytes);
[[nodiscard]] std::optional<std::array<unsigned char, 16>> parseUuid(QByteArrayView text);
[[nodiscard]] std::array<unsigned char, 16> uuid7(WallTime now, Random &random);
}  // namespace detail

template <typename Tag>
[[nodiscard]] QByteArray toText(const Uuid<Tag> &id) {
  return detail::uuidText(id.bytes);
}
// Lower-case canonical form only; anything else is refused.
template <typename Id>
[[nodiscard]] std::optional<Id> parseId(QByteArrayView text) {
  const auto bytes = detail::parseUuid(text);
  if (!bytes) return std::nullopt;
  return Id{*bytes};
}
// UUIDv7: ordered by time of making.
template <typename Id>
[[nodiscard]] Id newId(const Clock &clock, Random &random) {
  return Id{detail::uuid7(clock.wallNow(), random)};
}
template <typename Tag>
size_t qHash(const Uuid<Tag> &id, size_t seed = 0) {
  return qHashBits(id.bytes.data(), id.bytes.size(), seed);
}

using UserId = Uuid<struct UserTag>;
using ConversationId = Uuid<struct ConversationTag>;
using MessageId = Uuid<struct MessageTag>;              // given by the relay
using ClientMessageId = Uuid<struct ClientMessageTag>;  // given by the sending device, the idempotency key
using AttachmentId = Uuid<struct AttachmentTag>;

// A device, unique on its relay: 1 .. 2^31-1, chosen at random by the relay; also the device id of the Signal address.
struct DeviceId {
  quint32 value = 0;

  [[nodiscard]] bool isNull() const { return value == 0; }
  auto operator<=>(const DeviceId &) const = default;
};
inline size_t qHash(DeviceId id, size_t seed = 0) {
  return ::qHash(id.value, seed);
}
[[nodiscard]] inline QByteArray toText(DeviceId id) {
  return QByteArray::number(id.value);
}
[[nodiscard]] std::optional<DeviceId> parseDeviceId(QByteArrayView text);

// First 8 characters: enough for a log line to be followed, too little to name somebody.
template <typename Tag>
[[nodiscard]] QByteArray shortId(const Uuid<Tag> &id) {
  return toText(id).left(8);
}

}  // namespace gx

template <typename Tag>
struct std::hash<gx::Uuid<Tag>> {
  size_t operator()(const gx::Uuid<Tag> &id) const noexcept { return qHash(id); }
};
template <>
struct std::hash<gx::DeviceId> {
  size_t operator()(gx::DeviceId id) const noexcept { return gx::qHash(id); }
};
