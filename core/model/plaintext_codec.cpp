// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/model/plaintext_codec.h"

#include <QJsonDocument>

#include "core/base/bytes.h"
#include "core/model/content_codec.h"
#include "core/model/strict_json.h"

namespace gx::model {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kPlaintextVersion = 1;
constexpr qsizetype kHeaderHashSize = 32;
constexpr qint64 kMaxDeviceId = 0x7fffffff;

template <typename Tag>
QString uuidString(const Uuid<Tag> &id) {
  return QString::fromLatin1(toText(id));
}
QString base64String(const QByteArray &bytes) {
  return QString::fromLatin1(toBase64(bytes));
}

QJsonObject addressToJson(const DeviceAddress &address) {
  return QJsonObject{{"user"_L1, uuidString(address.user)}, {"device"_L1, static_cast<qint64>(address.device.value)}};
}

QJsonObject stampToJson(const ManifestStamp &stamp) {
  return QJsonObject{{"version"_L1, static_cast<qint64>(stamp.version)}, {"hash"_L1, base64String(stamp.hash)}};
}

std::optional<DeviceAddress> addressAt(const QJsonObject &object, QLatin1StringView name) {
  const auto address = objectAt(object, name);
  if (!address) return std::nullopt;
  const auto user = idAt<UserId>(*address, "user"_L1);
  const auto device = integerAt(*address, "device"_L1, 1, kMaxDeviceId);
  if (!user || !device) return std::nullopt;
  return DeviceAddress{*user, DeviceId{static_cast<quint32>(*device)}};
}

std::optional<ManifestStamp> stampAt(const QJsonObject &object, QLatin1StringView name) {
  const auto stamp = objectAt(object, name);
  if (!stamp) return std::nullopt;
  const auto version = integerAt(*stamp, "version"_L1);
  const auto hash = bytesAt(*stamp, "hash"_L1, kHeaderHashSize);
  if (!version || !hash) return std::nullopt;
  return ManifestStamp{static_cast<quint64>(*version), *hash};
}

bool readManifests(const QJsonObject &object, ContentHeader &header) {
  const auto manifests = objectAt(object, "manifests"_L1);
  if (!manifests) return false;
  const auto sender = stampAt(*manifests, "from"_L1);
  const auto recipient = stampAt(*manifests, "to"_L1);
  if (!sender || !recipient) return false;
  header.senderManifest = *sender;
  header.recipientManifest = *recipient;
  return true;
}

std::optional<ContentHeader> readHeader(const QJsonObject &object) {
  const auto sender = addressAt(object, "from"_L1);
  const auto recipient = addressAt(object, "to"_L1);
  const auto conversation = idAt<ConversationId>(object, "conversation"_L1);
  const auto id = idAt<ClientMessageId>(object, "id"_L1);
  const auto sentAt = integerAt(object, "sent_at"_L1);
  const auto sequence = integerAt(object, "seq"_L1, 1);
  const auto previous = bytesAt(object, "prev"_L1, kHeaderHashSize);
  if (!sender || !recipient || !conversation || !id || !sentAt || !sequence || !previous) return std::nullopt;
  ContentHeader header;
  header.sender = *sender;
  header.recipient = *recipient;
  header.conversation = *conversation;
  header.id = *id;
  header.sentAt = fromMillis(*sentAt);
  header.chainSequence = static_cast<quint64>(*sequence);
  header.previousHash = *previous;
  if (!readManifests(object, header)) return std::nullopt;
  return header;
}

bool isComplete(const ContentHeader &header) {
  return !header.sender.device.isNull() && !header.recipient.device.isNull() && header.chainSequence > 0 &&
         header.previousHash.size() == kHeaderHashSize && header.senderManifest.hash.size() == kHeaderHashSize &&
         header.recipientManifest.hash.size() == kHeaderHashSize && toMillis(header.sentAt) >= 0;
}

QJsonObject headerToJson(const ContentHeader &header) {
  return QJsonObject{{"v"_L1, kPlaintextVersion},
                     {"from"_L1, addressToJson(header.sender)},
                     {"to"_L1, addressToJson(header.recipient)},
                     {"conversation"_L1, uuidString(header.conversation)},
                     {"id"_L1, uuidString(header.id)},
                     {"sent_at"_L1, toMillis(header.sentAt)},
                     {"seq"_L1, static_cast<qint64>(header.chainSequence)},
                     {"prev"_L1, base64String(header.previousHash)},
                     {"manifests"_L1, QJsonObject{{"from"_L1, stampToJson(header.senderManifest)},
                                                  {"to"_L1, stampToJson(header.recipientManifest)}}}};
}

}  // namespace

Result<QByteArray> encodePlaintext(const Plaintext &plaintext) {
  if (!isComplete(plaintext.header)) return fail(ErrorKind::Invalid, "incomplete content header");
  if (std::holds_alternative<Unsupported>(plaintext.content))
    return fail(ErrorKind::Invalid, "a kind that is not ours to send");
  const Result<QJsonObject> content = contentToJson(plaintext.content);
  if (!content) return tl::unexpected(content.error());
  QJsonObject object = headerToJson(plaintext.header);
  object.insert("content"_L1, *content);
  QByteArray bytes = QJsonDocument(object).toJson(QJsonDocument::Compact);
  if (bytes.size() > kMaxPlaintextBytes) return fail(ErrorKind::TooLarge, "plaintext over its limit");
  return bytes;
}

Result<Plaintext> decodePlaintext(QByteArrayView bytes) {
  if (bytes.size() > kMaxPlaintextBytes) return fail(ErrorKind::TooLarge, "plaintext over its limit");
  const Result<QJsonObject> object = parseStrictObject(bytes);
  if (!object) return tl::unexpected(object.error());
  const auto version = integerAt(*object, "v"_L1, 1);
  if (!version) return fail(ErrorKind::Invalid, "plaintext without version");
  if (*version != kPlaintextVersion) return fail(ErrorKind::Unsupported, "plaintext of another version");
  const auto header = readHeader(*object);
  if (!header) return fail(ErrorKind::Invalid, "content header with a wrong or missing member");
  const auto content = objectAt(*object, "content"_L1);
  if (!content) return fail(ErrorKind::Invalid, "plaintext without content");
  return contentFromJson(*content).map([&](Content &&known) { return Plaintext{*header, std::move(known)}; });
}

QByteArray headerHash(const ContentHeader &header) {
  QByteArray text;
  text.reserve(256);
  appendField(text, "gx-header-1");
  appendField(text, toText(header.sender.user));
  appendNumber(text, header.sender.device.value);
  appendField(text, toText(header.conversation));
  appendField(text, toText(header.id));
  appendNumber(text, static_cast<quint64>(toMillis(header.sentAt)));
  appendNumber(text, header.chainSequence);
  appendField(text, header.previousHash);
  return sha256(text);
}

}  // namespace gx::model
