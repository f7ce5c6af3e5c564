// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/message_dto.h"

#include <QCryptographicHash>
#include <QSet>

#include "core/base/bytes.h"
#include "core/wire/json_reader.h"
#include "core/wire/json_writer.h"

namespace gx::wire {

namespace {

constexpr qint64 kLargestCount = qint64{1} << 53;

Envelope readEnvelope(const JsonValue &value) {
  const JsonReader in = value.object();
  Envelope envelope;
  envelope.deviceId = in["device_id"].deviceId();
  envelope.registrationId = static_cast<quint32>(in["registration_id"].number(1, 0x7FFFFFFF));
  envelope.kind = in["kind"].named(parseEnvelopeKind);
  envelope.ciphertext = in["ciphertext"].bytes({limits::kEnvelopeBytes});
  return envelope;
}

MailItem readMailItem(const JsonValue &value) {
  const JsonReader in = value.object();
  MailItem item;
  item.seq = in["seq"].number(1, kLargestCount);
  item.messageId = in["message_id"].id<MessageId>();
  item.conversationId = in["conversation_id"].id<ConversationId>();
  item.senderId = in["sender_id"].id<UserId>();
  item.senderDeviceId = in["sender_device_id"].deviceId();
  item.kind = in["kind"].named(parseEnvelopeKind);
  item.ciphertext = in["ciphertext"].bytes({limits::kEnvelopeBytes});
  item.serverTime = in["server_time"].millis();
  return item;
}

void writeMailItem(JsonWriter &out, const MailItem &item) {
  out.beginObject().key("seq").number(item.seq).key("message_id").id(item.messageId);
  out.key("conversation_id").id(item.conversationId).key("sender_id").id(item.senderId);
  out.key("sender_device_id").deviceId(item.senderDeviceId).key("kind").text(toText(item.kind));
  out.key("ciphertext").bytes(item.ciphertext).key("server_time").number(item.serverTime).endObject();
}

void writeMailItems(JsonWriter &out, const QList<MailItem> &items) {
  out.key("messages").beginArray();
  for (const MailItem &item : items) writeMailItem(out, item);
  out.endArray();
}

QList<MailItem> readMailItems(const JsonReader &in) {
  QList<MailItem> items;
  in["messages"].each(limits::kMailPage, [&](const JsonValue &value) { items.append(readMailItem(value)); });
  return items;
}

}  // namespace

const char *toText(EnvelopeKind kind) {
  return kind == EnvelopeKind::PreKey ? "prekey" : "message";
}

std::optional<EnvelopeKind> parseEnvelopeKind(QByteArrayView text) {
  for (const auto kind : {EnvelopeKind::PreKey, EnvelopeKind::Message})
    if (text == toText(kind)) return kind;
  return std::nullopt;
}

Result<SendRequest> SendRequest::parse(QByteArrayView json) {
  const JsonReader in(json);
  SendRequest request;
  request.conversationId = in["conversation_id"].id<ConversationId>();
  request.clientMsgId = in["client_msg_id"].id<ClientMessageId>();
  qsizetype total = 0;
  QSet<DeviceId> devices;
  in["envelopes"].each(limits::kRecipientDevices, [&](const JsonValue &value) {
    Envelope envelope = readEnvelope(value);
    total += envelope.ciphertext.size();
    if (devices.contains(envelope.deviceId)) value.refuse("device named twice");
    if (total > limits::kEnvelopesTotalBytes) value.refuse("envelopes too large together", ErrorKind::TooLarge);
    devices.insert(envelope.deviceId);
    request.envelopes.append(std::move(envelope));
  });
  return in.done(std::move(request));
}

QByteArray SendRequest::toJson() const {
  JsonWriter out;
  out.beginObject().key("conversation_id").id(conversationId).key("client_msg_id").id(clientMsgId);
  out.key("envelopes").beginArray();
  for (const Envelope &envelope : envelopes) {
    out.beginObject().key("device_id").deviceId(envelope.deviceId);
    out.key("registration_id").number(envelope.registrationId).key("kind").text(toText(envelope.kind));
    out.key("ciphertext").bytes(envelope.ciphertext).endObject();
  }
  return out.endArray().endObject().take();
}

QByteArray SendRequest::bodyHash() const {
  QByteArray text;
  appendField(text, toText(conversationId));
  appendField(text, toText(clientMsgId));
  appendNumber(text, static_cast<quint64>(envelopes.size()));
  for (const Envelope &envelope : envelopes) {
    appendNumber(text, envelope.deviceId.value);
    appendNumber(text, envelope.registrationId);
    appendField(text, toText(envelope.kind));
    appendField(text, envelope.ciphertext);
  }
  return QCryptographicHash::hash(text, QCryptographicHash::Blake2b_256);
}

Result<SendAccepted> SendAccepted::parse(QByteArrayView json) {
  const JsonReader in(json);
  SendAccepted accepted;
  accepted.messageId = in["message_id"].id<MessageId>();
  accepted.clientMsgId = in["client_msg_id"].id<ClientMessageId>();
  accepted.serverTime = in["server_time"].millis();
  return in.done(accepted);
}

QByteArray SendAccepted::toJson() const {
  JsonWriter out;
  out.beginObject().key("message_id").id(messageId).key("client_msg_id").id(clientMsgId);
  return out.key("server_time").number(serverTime).endObject().take();
}

QByteArray MailItem::toJson() const {
  JsonWriter out;
  writeMailItem(out, *this);
  return out.take();
}

Result<MailPage> MailPage::parse(QByteArrayView json) {
  const JsonReader in(json);
  MailPage page;
  page.messages = readMailItems(in);
  page.head = in["head"].number(0, kLargestCount);
  page.more = in["more"].flag();
  page.expired = in["expired"].number(0, kLargestCount);
  return in.done(std::move(page));
}

QByteArray MailPage::toJson() const {
  JsonWriter out;
  out.beginObject();
  writeMailItems(out, messages);
  out.key("head").number(head).key("more").flag(more).key("expired").number(expired);
  return out.endObject().take();
}

Result<MailEvent> MailEvent::parse(QByteArrayView json) {
  const JsonReader in(json);
  return in.done(MailEvent{readMailItems(in)});
}

QByteArray MailEvent::toJson() const {
  JsonWriter out;
  out.beginObject();
  writeMailItems(out, messages);
  return out.endObject().take();
}

Result<MailAck> MailAck::parse(QByteArrayView json) {
  const JsonReader in(json);
  MailAck ack;
  ack.seq = in["seq"].number(0, kLargestCount);
  if (in.has("message_id")) ack.messageId = in["message_id"].id<MessageId>();
  return in.done(ack);
}

QByteArray MailAck::toJson() const {
  JsonWriter out;
  out.beginObject().key("seq").number(seq);
  if (messageId) out.key("message_id").id(*messageId);
  return out.endObject().take();
}

}  // namespace gx::wire
