// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/model/content_codec.h"

#include <QJsonArray>
#include <QJsonDocument>

#include "core/model/strict_json.h"

namespace gx::model {

using namespace Qt::StringLiterals;

namespace {

Result<QJsonObject> tooLarge() {
  return fail(ErrorKind::TooLarge, "content over its limit");
}
Result<QJsonObject> invalidContent() {
  return fail(ErrorKind::Invalid, "content that no reader would take");
}

bool isSendable(const QString &text) {
  return !text.isEmpty() && text.isValidUtf16();
}
qsizetype utf8Size(const QString &text) {
  return text.toUtf8().size();
}

template <typename Tag>
QString idText(const Uuid<Tag> &id) {
  return QString::fromLatin1(toText(id));
}

struct ContentWriter {
  Result<QJsonObject> operator()(const Text &content) const { return withText(u"text"_s, content.text); }
  Result<QJsonObject> operator()(const Reply &content) const {
    if (utf8Size(content.excerpt) > kMaxExcerptBytes) return tooLarge();
    if (!content.excerpt.isValidUtf16()) return invalidContent();
    Result<QJsonObject> object = withText(u"reply"_s, content.text);
    if (!object) return object;
    object->insert("target"_L1, idText(content.target));
    object->insert("target_user"_L1, idText(content.targetUser));
    object->insert("excerpt"_L1, content.excerpt);
    return object;
  }
  Result<QJsonObject> operator()(const Edit &content) const {
    Result<QJsonObject> object = withText(u"edit"_s, content.text);
    if (object) object->insert("target"_L1, idText(content.target));
    return object;
  }
  Result<QJsonObject> operator()(const Deletion &content) const {
    return QJsonObject{{"kind"_L1, u"deletion"_s}, {"target"_L1, idText(content.target)}};
  }
  Result<QJsonObject> operator()(const Reaction &content) const {
    if (utf8Size(content.emoji) > kMaxEmojiBytes) return tooLarge();
    if (!isSendable(content.emoji)) return invalidContent();
    return QJsonObject{{"kind"_L1, u"reaction"_s},
                       {"target"_L1, idText(content.target)},
                       {"target_user"_L1, idText(content.targetUser)},
                       {"emoji"_L1, content.emoji},
                       {"removed"_L1, content.isRemoved}};
  }
  Result<QJsonObject> operator()(const Receipt &content) const {
    if (content.messages.size() > kMaxReceiptMessages) return tooLarge();
    if (content.messages.empty()) return invalidContent();
    QJsonArray ids;
    for (const ClientMessageId &id : content.messages) ids.append(idText(id));
    const QString state = content.state == ReceiptState::Read ? u"read"_s : u"delivered"_s;
    return QJsonObject{{"kind"_L1, u"receipt"_s}, {"state"_L1, state}, {"ids"_L1, ids}};
  }
  Result<QJsonObject> operator()(const RetryRequest &content) const {
    QJsonObject object{{"kind"_L1, u"retry"_s}, {"envelope"_L1, idText(content.envelope)}};
    if (content.message) object.insert("id"_L1, idText(*content.message));
    return object;
  }
  Result<QJsonObject> operator()(const SessionReset &) const { return QJsonObject{{"kind"_L1, u"session"_s}}; }
  Result<QJsonObject> operator()(const Unsupported &content) const { return parseStrictObject(content.body); }

 private:
  static Result<QJsonObject> withText(const QString &kind, const QString &text) {
    if (utf8Size(text) > kMaxTextBytes) return tooLarge();
    if (!isSendable(text)) return invalidContent();
    return QJsonObject{{"kind"_L1, kind}, {"text"_L1, text}};
  }
};

std::optional<QString> messageText(const QJsonObject &object) {
  std::optional<QString> text = textAt(object, "text"_L1, kMaxTextBytes);
  return text && !text->isEmpty() ? text : std::nullopt;
}

std::optional<Content> readText(const QJsonObject &object) {
  const auto text = messageText(object);
  if (!text) return std::nullopt;
  return Text{*text};
}

std::optional<Content> readReply(const QJsonObject &object) {
  const auto text = messageText(object);
  const auto target = idAt<ClientMessageId>(object, "target"_L1);
  const auto targetUser = idAt<UserId>(object, "target_user"_L1);
  const auto excerpt = textAt(object, "excerpt"_L1, kMaxExcerptBytes);
  if (!text || !target || !targetUser || !excerpt) return std::nullopt;
  return Reply{*text, *target, *targetUser, *excerpt};
}

std::optional<Content> readEdit(const QJsonObject &object) {
  const auto text = messageText(object);
  const auto target = idAt<ClientMessageId>(object, "target"_L1);
  if (!text || !target) return std::nullopt;
  return Edit{*target, *text};
}

std::optional<Content> readDeletion(const QJsonObject &object) {
  const auto target = idAt<ClientMessageId>(object, "target"_L1);
  if (!target) return std::nullopt;
  return Deletion{*target};
}

std::optional<Content> readReaction(const QJsonObject &object) {
  const auto target = idAt<ClientMessageId>(object, "target"_L1);
  const auto targetUser = idAt<UserId>(object, "target_user"_L1);
  const auto emoji = textAt(object, "emoji"_L1, kMaxEmojiBytes);
  const auto removed = boolAt(object, "removed"_L1);
  if (!target || !targetUser || !emoji || emoji->isEmpty() || !removed) return std::nullopt;
  return Reaction{*target, *targetUser, *emoji, *removed};
}

std::optional<Content> readReceipt(const QJsonObject &object) {
  const auto state = textAt(object, "state"_L1, 16);
  const QJsonArray ids = object.value("ids"_L1).toArray();
  if (!state || (*state != "read"_L1 && *state != "delivered"_L1)) return std::nullopt;
  if (ids.isEmpty() || ids.size() > static_cast<qsizetype>(kMaxReceiptMessages)) return std::nullopt;
  Receipt receipt{*state == "read"_L1 ? ReceiptState::Read : ReceiptState::Delivered, {}};
  for (const auto &value : ids) {
    const auto id = parseId<ClientMessageId>(value.toString().toLatin1());
    if (!id) return std::nullopt;
    receipt.messages.push_back(*id);
  }
  return receipt;
}

std::optional<Content> readRetry(const QJsonObject &object) {
  const auto envelope = idAt<MessageId>(object, "envelope"_L1);
  const auto message = idAt<ClientMessageId>(object, "id"_L1);
  if (!envelope || (object.contains("id"_L1) && !message)) return std::nullopt;
  return RetryRequest{*envelope, message};
}

std::optional<Content> readSession(const QJsonObject &) {
  return SessionReset{};
}

struct KnownKind {
  QLatin1StringView name{};
  std::optional<Content> (*read)(const QJsonObject &) = nullptr;
};
constexpr KnownKind kKnownKinds[] = {
    {"text"_L1, readText},         {"reply"_L1, readReply},     {"edit"_L1, readEdit},   {"deletion"_L1, readDeletion},
    {"reaction"_L1, readReaction}, {"receipt"_L1, readReceipt}, {"retry"_L1, readRetry}, {"session"_L1, readSession}};

}  // namespace

Result<QJsonObject> contentToJson(const Content &content) {
  return std::visit(ContentWriter{}, content);
}

Result<Content> contentFromJson(const QJsonObject &object) {
  const auto kind = textAt(object, "kind"_L1, 64);
  if (!kind || kind->isEmpty()) return fail(ErrorKind::Invalid, "content without kind");
  for (const KnownKind &known : kKnownKinds) {
    if (*kind != known.name) continue;
    std::optional<Content> content = known.read(object);
    if (!content) return fail(ErrorKind::Invalid, "content of a known kind with a wrong member");
    return *std::move(content);
  }
  return Unsupported{*kind, QJsonDocument(object).toJson(QJsonDocument::Compact)};
}

Result<QByteArray> encodeContent(const Content &content) {
  return contentToJson(content).map(
      [](const QJsonObject &object) { return QJsonDocument(object).toJson(QJsonDocument::Compact); });
}

Result<Content> decodeContent(QByteArrayView json) {
  return parseStrictObject(json).and_then(contentFromJson);
}

}  // namespace gx::model
