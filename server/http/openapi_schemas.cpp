// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/http/openapi_schemas.h"

#include <QList>
#include <algorithm>
#include <array>

namespace gx::server::http {

namespace {

// The protocol's bodies (PROTOCOL.md sections 2, 3 and 5).
constexpr std::array kSchemas{
    Schema{"Empty", ""},
    Schema{"Problem",
           "code:text(64) message:text(1024) request_id:text(64) retry_after?:number missing?:[DeviceRef] "
           "extra?:[DeviceRef] stale?:[DeviceRef]"},
    Schema{"DeviceRef", "user_id:uuid device_id:device"},
    Schema{"RegisterRequest", "account:text(254) password:text(2048) invite?:text(128)"},
    Schema{"RegisterResponse", "user_id:uuid account:text(254)"},
    Schema{"LoginRequest", "account:text(254) password:text(2048) device_name:text(128)"},
    Schema{"LoginResponse",
           "user_id:uuid account:text(254) device_id:device device_state:PENDING|ACTIVE server_time:time "
           "environment:text(32) "
           "access_token:text(128) access_expires_in:number refresh_token:text(128) refresh_expires_in:number"},
    Schema{"RefreshRequest", "refresh_token:text(128) request_id:text(64) signature?:bytes(64)"},
    Schema{"TokenPair",
           "access_token:text(128) access_expires_in:number refresh_token:text(128) refresh_expires_in:number"},
    Schema{"DeviceInfo",
           "device_id:device name:text(128) state:PENDING|ACTIVE created_at:time last_seen_day:text(10) current:flag"},
    Schema{"DeviceList", "devices:[DeviceInfo]"},
    Schema{"PreKey", "key_id:number(1,16777215) public_key:bytes(33)"},
    Schema{"SignedPreKey", "key_id:number(1,16777214) public_key:bytes(33) signature:bytes(64)"},
    Schema{"KeyUpload",
           "identity_key?:bytes(33) registration_id?:number(1,2147483647) signed_prekey?:SignedPreKey "
           "last_resort_prekey?:PreKey prekeys:[PreKey](100)"},
    Schema{"KeyCount", "prekeys:number signed_prekey_id:number key_generation:number"},
    Schema{"KeyDigest", "key_id:number(1,16777215) digest:bytes(8)"},
    Schema{"KeyAudit", "signed_prekey:KeyDigest last_resort_prekey:KeyDigest prekeys:[KeyDigest]"},
    Schema{"BundleRequest", "user_id:uuid device_ids:[device](12)"},
    Schema{"PreKeyBundle",
           "user_id:uuid device_id:device registration_id:number identity_key:bytes(33) "
           "signed_prekey:SignedPreKey prekey:PreKey"},
    Schema{"BundleResponse", "bundles:[PreKeyBundle]"},
    Schema{"DeviceRegistration", "device_id:device registration_id:number"},
    Schema{"UserDevices", "user_id:uuid devices:[DeviceRegistration]"},
    Schema{"ManifestEntry",
           "user_id:uuid version:number prev_hash:bytes(32) op:add|remove device_id:device identity_key:bytes(33) "
           "name_hash:bytes(32) created_at:time by_device:device signature:bytes(64)"},
    Schema{"ManifestPage", "user_id:uuid entries:[ManifestEntry](64) more:flag"},
    Schema{"ManifestAppend", "entry:ManifestEntry new_chain?:flag"},
    Schema{"ManifestAppended", "version:number"},
    Schema{"LinkPut", "commitment:bytes(32) identity_key?:bytes(33) nonce?:bytes(16)"},
    Schema{"LinkAnswer", "identity_key:bytes(33) nonce:bytes(16)"},
    Schema{"LinkAnswered", "device_id:device identity_key:bytes(33) nonce:bytes(16)"},
    Schema{"Link", "device_id:device name:text(128) commitment:bytes(32) answer?:LinkAnswered reveal?:LinkAnswer"},
    Schema{"LinkState", "link:Link"},
    Schema{"ConversationCreate", "with:[text(254)](1)"},
    Schema{"Participant", "user_id:uuid account:text(254) role:OWNER|ADMIN|MEMBER"},
    Schema{"ConversationInfo", "conversation_id:uuid type:DIRECT|GROUP created_at:time participants:[Participant]"},
    Schema{"ConversationPage", "conversations:[ConversationInfo](50) next?:uuid"},
    Schema{"Envelope", "device_id:device registration_id:number kind:prekey|message ciphertext:bytes(98304)"},
    Schema{"SendRequest", "conversation_id:uuid client_msg_id:uuid envelopes:[Envelope](60)"},
    Schema{"SendAccepted", "message_id:uuid client_msg_id:uuid server_time:time"},
    Schema{"MailItem",
           "seq:number message_id:uuid conversation_id:uuid sender_id:uuid sender_device_id:device kind:prekey|message "
           "ciphertext:bytes(98304) server_time:time"},
    Schema{"MailPage", "messages:[MailItem] head:number more:flag expired:number"},
    Schema{"MailAck", "seq:number message_id?:uuid"},
    Schema{"OpenApi", ""},
};

// "text(254)" → "text", [254].
QList<QByteArray> bounds(QByteArrayView type) {
  const qsizetype open = type.lastIndexOf('(');
  if (open < 0 || !type.endsWith(')')) return {};
  return type.sliced(open + 1, type.size() - open - 2).toByteArray().split(',');
}

QByteArrayView nameOf(QByteArrayView type) {
  const qsizetype open = type.endsWith(')') ? type.lastIndexOf('(') : -1;
  return open < 0 ? type : type.first(open);
}

void writeString(wire::JsonWriter &out, QByteArrayView key, QByteArrayView value) {
  out.key(key).text(value);
}

void writeNumberType(wire::JsonWriter &out, const QList<QByteArray> &range) {
  writeString(out, "type", "integer");
  out.key("minimum").number(range.size() == 2 ? range[0].toLongLong() : 0);
  if (range.size() == 2) out.key("maximum").number(range[1].toLongLong());
}

void writeType(wire::JsonWriter &out, QByteArrayView type);

void writeListType(wire::JsonWriter &out, QByteArrayView type) {
  const qsizetype end = type.lastIndexOf(']');
  writeString(out, "type", "array");
  const QList<QByteArray> most = bounds(type.sliced(end));
  if (!most.isEmpty()) out.key("maxItems").number(most[0].toLongLong());
  out.key("items").beginObject();
  writeType(out, type.sliced(1, end - 1));
  out.endObject();
}

void writeChoiceType(wire::JsonWriter &out, QByteArrayView type) {
  writeString(out, "type", "string");
  out.key("enum").beginArray();
  for (const QByteArray &word : type.toByteArray().split('|')) out.text(word);
  out.endArray();
}

void writeTextType(wire::JsonWriter &out, QByteArrayView type) {
  const qint64 most = bounds(type).value(0, "0").toLongLong();
  writeString(out, "type", "string");
  if (nameOf(type) == QByteArrayView("bytes")) writeString(out, "format", "byte");
  out.key("maxLength").number(nameOf(type) == QByteArrayView("bytes") ? (most + 2) / 3 * 4 : most);
}

void writeType(wire::JsonWriter &out, QByteArrayView type) {
  const QByteArrayView name = nameOf(type);
  if (type.startsWith('[')) return writeListType(out, type);
  if (type.contains('|')) return writeChoiceType(out, type);
  if (name == QByteArrayView("text") || name == QByteArrayView("bytes")) return writeTextType(out, type);
  if (name == QByteArrayView("number")) return writeNumberType(out, bounds(type));
  if (name == QByteArrayView("time")) return writeNumberType(out, {});
  if (name == QByteArrayView("device")) return writeNumberType(out, {"1", "2147483647"});
  if (name == QByteArrayView("flag")) return writeString(out, "type", "boolean");
  if (name == QByteArrayView("uuid")) {
    writeString(out, "type", "string");
    return writeString(out, "format", "uuid");
  }
  Q_ASSERT(findSchema(name) != nullptr);
  writeString(out, "$ref", "#/components/schemas/" + name.toByteArray());
}

}  // namespace

std::span<const Schema> schemas() {
  return kSchemas;
}

const Schema *findSchema(QByteArrayView name) {
  const auto found =
      std::ranges::find_if(kSchemas, [&](const Schema &schema) { return name == QByteArrayView(schema.name); });
  return found == kSchemas.end() ? nullptr : &*found;
}

void writeSchema(wire::JsonWriter &out, const Schema &schema) {
  QList<QByteArray> required;
  out.beginObject().key("type").text("object").key("properties").beginObject();
  for (const QByteArray &field : QByteArray(schema.fields).split(' ')) {
    const qsizetype colon = field.indexOf(':');
    if (colon < 0) continue;
    const bool isOptional = field[colon - 1] == '?';
    const QByteArray name = field.first(isOptional ? colon - 1 : colon);
    if (!isOptional) required.append(name);
    out.key(name).beginObject();
    writeType(out, field.sliced(colon + 1));
    out.endObject();
  }
  out.endObject();
  if (!required.isEmpty()) {
    out.key("required").beginArray();
    for (const QByteArray &name : required) out.text(name);
    out.endArray();
  }
  out.endObject();
}

}  // namespace gx::server::http
