// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/keys_dto.h"

#include "core/wire/json_reader.h"
#include "core/wire/json_writer.h"

namespace gx::wire {

namespace {

constexpr qsizetype kDigestBytes = 8;
constexpr qint64 kLargestRegistrationId = 0x7FFFFFFF;

quint32 readKeyId(const JsonReader &in, quint32 least, quint32 most) {
  return static_cast<quint32>(in["key_id"].number(least, most));
}

quint32 readRegistrationId(const JsonReader &in) {
  return static_cast<quint32>(in["registration_id"].number(1, kLargestRegistrationId));
}

PreKey readPreKey(const JsonValue &value, quint32 least, quint32 most) {
  const JsonReader in = value.object();
  PreKey key;
  key.keyId = readKeyId(in, least, most);
  key.publicKey = in["public_key"].publicKey();
  return key;
}

SignedPreKey readSignedPreKey(const JsonValue &value) {
  const JsonReader in = value.object();
  SignedPreKey key;
  key.keyId = readKeyId(in, 1, limits::kLargestPrekeyId);
  key.publicKey = in["public_key"].publicKey();
  key.signature = in["signature"].exactBytes(64);
  return key;
}

KeyDigest readDigest(const JsonValue &value, quint32 least, quint32 most) {
  const JsonReader in = value.object();
  KeyDigest digest;
  digest.keyId = readKeyId(in, least, most);
  digest.digest = in["digest"].exactBytes(kDigestBytes);
  return digest;
}

PreKeyBundle readBundle(const JsonValue &value) {
  const JsonReader in = value.object();
  PreKeyBundle bundle;
  bundle.userId = in["user_id"].id<UserId>();
  bundle.deviceId = in["device_id"].deviceId();
  bundle.registrationId = readRegistrationId(in);
  bundle.identityKey = in["identity_key"].publicKey();
  bundle.signedPreKey = readSignedPreKey(in["signed_prekey"]);
  bundle.preKey = readPreKey(in["prekey"], 1, limits::kLastResortPrekeyId);
  return bundle;
}

void write(JsonWriter &out, const PreKey &key) {
  out.beginObject().key("key_id").number(key.keyId).key("public_key").bytes(key.publicKey).endObject();
}

void write(JsonWriter &out, const SignedPreKey &key) {
  out.beginObject().key("key_id").number(key.keyId).key("public_key").bytes(key.publicKey);
  out.key("signature").bytes(key.signature).endObject();
}

void write(JsonWriter &out, const KeyDigest &digest) {
  out.beginObject().key("key_id").number(digest.keyId).key("digest").bytes(digest.digest).endObject();
}

void write(JsonWriter &out, const PreKeyBundle &bundle) {
  out.beginObject().key("user_id").id(bundle.userId).key("device_id").deviceId(bundle.deviceId);
  out.key("registration_id").number(bundle.registrationId).key("identity_key").bytes(bundle.identityKey);
  write(out.key("signed_prekey"), bundle.signedPreKey);
  write(out.key("prekey"), bundle.preKey);
  out.endObject();
}

}  // namespace

Result<KeyUpload> KeyUpload::parse(QByteArrayView json) {
  const JsonReader in(json);
  KeyUpload upload;
  if (in.has("identity_key")) upload.identityKey = in["identity_key"].publicKey();
  if (in.has("registration_id")) upload.registrationId = readRegistrationId(in);
  if (in.has("signed_prekey")) upload.signedPreKey = readSignedPreKey(in["signed_prekey"]);
  if (in.has("last_resort_prekey"))
    upload.lastResortPreKey =
        readPreKey(in["last_resort_prekey"], limits::kLastResortPrekeyId, limits::kLastResortPrekeyId);
  in["prekeys"].each(limits::kPrekeysPerUpload, [&](const JsonValue &value) {
    upload.preKeys.append(readPreKey(value, 1, limits::kLargestPrekeyId));
  });
  return in.done(std::move(upload));
}

QByteArray KeyUpload::toJson() const {
  JsonWriter out;
  out.beginObject();
  if (identityKey) out.key("identity_key").bytes(*identityKey);
  if (registrationId) out.key("registration_id").number(*registrationId);
  if (signedPreKey) write(out.key("signed_prekey"), *signedPreKey);
  if (lastResortPreKey) write(out.key("last_resort_prekey"), *lastResortPreKey);
  out.key("prekeys").beginArray();
  for (const PreKey &key : preKeys) write(out, key);
  return out.endArray().endObject().take();
}

Result<KeyCount> KeyCount::parse(QByteArrayView json) {
  const JsonReader in(json);
  KeyCount count;
  count.preKeys = static_cast<int>(in["prekeys"].number(0, limits::kOneTimePrekeys));
  count.signedPreKeyId = static_cast<quint32>(in["signed_prekey_id"].number(0, limits::kLargestPrekeyId));
  count.keyGeneration = in["key_generation"].number(0, qint64{1} << 53);
  return in.done(count);
}

QByteArray KeyCount::toJson() const {
  JsonWriter out;
  out.beginObject().key("prekeys").number(preKeys).key("signed_prekey_id").number(signedPreKeyId);
  return out.key("key_generation").number(keyGeneration).endObject().take();
}

Result<KeyAudit> KeyAudit::parse(QByteArrayView json) {
  const JsonReader in(json);
  KeyAudit audit;
  audit.signedPreKey = readDigest(in["signed_prekey"], 1, limits::kLargestPrekeyId);
  audit.lastResortPreKey =
      readDigest(in["last_resort_prekey"], limits::kLastResortPrekeyId, limits::kLastResortPrekeyId);
  in["prekeys"].each(limits::kOneTimePrekeys, [&](const JsonValue &value) {
    audit.preKeys.append(readDigest(value, 1, limits::kLargestPrekeyId));
  });
  return in.done(std::move(audit));
}

QByteArray KeyAudit::toJson() const {
  JsonWriter out;
  write(out.beginObject().key("signed_prekey"), signedPreKey);
  write(out.key("last_resort_prekey"), lastResortPreKey);
  out.key("prekeys").beginArray();
  for (const KeyDigest &digest : preKeys) write(out, digest);
  return out.endArray().endObject().take();
}

Result<BundleRequest> BundleRequest::parse(QByteArrayView json) {
  const JsonReader in(json);
  BundleRequest request;
  request.userId = in["user_id"].id<UserId>();
  const JsonValue devices = in["device_ids"];
  devices.each(limits::kDevicesPerBundleRequest,
               [&](const JsonValue &value) { request.deviceIds.append(value.deviceId()); });
  if (request.deviceIds.isEmpty()) devices.refuse("empty");
  return in.done(std::move(request));
}

QByteArray BundleRequest::toJson() const {
  JsonWriter out;
  out.beginObject().key("user_id").id(userId).key("device_ids").beginArray();
  for (const DeviceId device : deviceIds) out.deviceId(device);
  return out.endArray().endObject().take();
}

Result<BundleResponse> BundleResponse::parse(QByteArrayView json) {
  const JsonReader in(json);
  BundleResponse response;
  in["bundles"].each(limits::kDevicesPerBundleRequest,
                     [&](const JsonValue &value) { response.bundles.append(readBundle(value)); });
  return in.done(std::move(response));
}

QByteArray BundleResponse::toJson() const {
  JsonWriter out;
  out.beginObject().key("bundles").beginArray();
  for (const PreKeyBundle &bundle : bundles) write(out, bundle);
  return out.endArray().endObject().take();
}

Result<UserDevices> UserDevices::parse(QByteArrayView json) {
  const JsonReader in(json);
  UserDevices answer;
  answer.userId = in["user_id"].id<UserId>();
  in["devices"].each(limits::kDevicesListed, [&](const JsonValue &value) {
    const JsonReader device = value.object();
    answer.devices.append(DeviceRegistration{device["device_id"].deviceId(), readRegistrationId(device)});
  });
  return in.done(std::move(answer));
}

QByteArray UserDevices::toJson() const {
  JsonWriter out;
  out.beginObject().key("user_id").id(userId).key("devices").beginArray();
  for (const DeviceRegistration &device : devices) {
    out.beginObject().key("device_id").deviceId(device.deviceId);
    out.key("registration_id").number(device.registrationId).endObject();
  }
  return out.endArray().endObject().take();
}

}  // namespace gx::wire
