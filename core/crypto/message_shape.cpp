// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/crypto/message_shape.h"

#include <array>

#include "core/crypto/prekeys.h"
#include "core/crypto/protobuf_reader.h"
#include "core/crypto/signal_error.h"

namespace gx::crypto {

namespace {

constexpr unsigned char kVersionByte = 0x33;  // message version 3, sender speaks 3
constexpr qsizetype kMacSize = 8;
constexpr qsizetype kCipherBlock = 16;

tl::unexpected<Error> badShape(const char *detail) {
  return fail(ErrorKind::Invalid, detail, codes::kBadShape);
}

// The fields of a message by number, each at most once.
struct Fields {
  std::array<std::optional<ProtobufField>, 8> byNumber{};

  [[nodiscard]] std::optional<quint32> number(std::size_t index) const {
    if (!byNumber[index] || byNumber[index]->isBytes) return std::nullopt;
    return byNumber[index]->value;
  }
  [[nodiscard]] std::optional<QByteArrayView> bytes(std::size_t index) const {
    if (!byNumber[index] || !byNumber[index]->isBytes) return std::nullopt;
    return byNumber[index]->bytes;
  }
  [[nodiscard]] Result<curve::PublicKey> key(std::size_t index) const {
    const auto view = bytes(index);
    if (!view) return fail(ErrorKind::Invalid, "key missing");
    return curve::PublicKey::parse(*view);
  }
};

Result<Fields> readFields(QByteArrayView message, quint32 highest) {
  Fields fields;
  ProtobufReader reader(message);
  while (const auto field = reader.next()) {
    if (field->number > highest) return badShape("unknown field");
    auto &place = fields.byNumber[field->number];
    if (place) return badShape("field twice");
    place = field;
  }
  if (reader.hasFailed()) return badShape("not well-formed");
  return fields;
}

Result<> checkVersion(QByteArrayView bytes) {
  if (bytes.isEmpty()) return badShape("empty");
  if (static_cast<unsigned char>(bytes[0]) != kVersionByte)
    return fail(ErrorKind::Unsupported, "message of another version", codes::kUnknownVersion);
  return {};
}

bool isRegistrationId(quint32 id) {
  return id >= 1 && id <= 0x7fffffff;
}

}  // namespace

Result<MessageShape> messageShape(QByteArrayView bytes) {
  const Result<> version = checkVersion(bytes);
  if (!version) return tl::unexpected(version.error());
  if (bytes.size() <= 1 + kMacSize) return badShape("too short");
  const Result<Fields> fields = readFields(bytes.sliced(1).chopped(kMacSize), 4);
  if (!fields) return tl::unexpected(fields.error());
  const Result<curve::PublicKey> ratchetKey = fields->key(1);
  if (!ratchetKey) return badShape("ratchet key refused");
  const auto counter = fields->number(2);
  const auto ciphertext = fields->bytes(4);
  if (!counter || !ciphertext) return badShape("field missing");
  if (fields->byNumber[3] && fields->byNumber[3]->isBytes) return badShape("previous counter is no number");
  if (ciphertext->isEmpty() || ciphertext->size() % kCipherBlock != 0) return badShape("ciphertext is no whole blocks");
  return MessageShape{*ratchetKey, *counter};
}

Result<PreKeyMessageShape> preKeyMessageShape(QByteArrayView bytes) {
  const Result<> version = checkVersion(bytes);
  if (!version) return tl::unexpected(version.error());
  const Result<Fields> fields = readFields(bytes.sliced(1), 6);
  if (!fields) return tl::unexpected(fields.error());
  const auto registrationId = fields->number(5);
  const auto preKeyId = fields->number(1);
  const auto signedPreKeyId = fields->number(6);
  const auto inner = fields->bytes(4);
  if (!registrationId || !preKeyId || !signedPreKeyId || !inner) return badShape("field missing");
  if (!isRegistrationId(*registrationId)) return badShape("registration id out of range");
  if (*preKeyId == 0 || *preKeyId > kLastResortPreKeyId) return badShape("prekey id out of range");
  if (*signedPreKeyId > kLastResortPreKeyId) return badShape("signed prekey id out of range");
  const Result<curve::PublicKey> baseKey = fields->key(2);
  const Result<curve::PublicKey> identityKey = fields->key(3);
  if (!baseKey || !identityKey) return badShape("base or identity key refused");
  const Result<MessageShape> message = messageShape(*inner);
  if (!message) return tl::unexpected(message.error());
  return PreKeyMessageShape{*registrationId, *preKeyId, *signedPreKeyId, *baseKey, *identityKey, *message};
}

}  // namespace gx::crypto
