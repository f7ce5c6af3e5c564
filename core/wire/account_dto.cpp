// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/account_dto.h"

#include "core/base/bytes.h"
#include "core/wire/json_reader.h"
#include "core/wire/json_writer.h"

namespace gx::wire {

namespace {

constexpr qint64 kLongestLifetime = 10LL * 365 * 24 * 60 * 60;  // seconds

TokenPair readTokens(const JsonReader &in) {
  TokenPair tokens;
  tokens.accessToken = in["access_token"].text({limits::kTokenBytes});
  tokens.accessExpiresIn = in["access_expires_in"].number(0, kLongestLifetime);
  tokens.refreshToken = in["refresh_token"].text({limits::kTokenBytes});
  tokens.refreshExpiresIn = in["refresh_expires_in"].number(0, kLongestLifetime);
  return tokens;
}

void writeTokens(JsonWriter &out, const TokenPair &tokens) {
  out.key("access_token").text(tokens.accessToken);
  out.key("access_expires_in").number(tokens.accessExpiresIn);
  out.key("refresh_token").text(tokens.refreshToken);
  out.key("refresh_expires_in").number(tokens.refreshExpiresIn);
}

DeviceInfo readDeviceInfo(const JsonValue &value) {
  const JsonReader in = value.object();
  DeviceInfo device;
  device.deviceId = in["device_id"].deviceId();
  device.name = in["name"].text({limits::kDeviceNameBytes, 0});
  device.state = in["state"].named(parseDeviceState);
  device.createdAt = in["created_at"].millis();
  if (in.has("last_seen_day")) device.lastSeenDay = in["last_seen_day"].text({10, 0});
  device.current = in["current"].flag();
  return device;
}

void writeDeviceInfo(JsonWriter &out, const DeviceInfo &device) {
  out.beginObject().key("device_id").deviceId(device.deviceId).key("name").text(device.name);
  out.key("state").text(toText(device.state)).key("created_at").number(device.createdAt);
  out.key("last_seen_day").text(device.lastSeenDay).key("current").flag(device.current).endObject();
}

}  // namespace

Result<RegisterRequest> RegisterRequest::parse(QByteArrayView json) {
  const JsonReader in(json);
  RegisterRequest request;
  request.account = in["account"].text({limits::kAccountBytes});
  request.password = in["password"].text({limits::kPasswordBytes, 0});
  if (in.has("invite")) request.invite = in["invite"].text({limits::kInviteBytes});
  return in.done(std::move(request));
}

QByteArray RegisterRequest::toJson() const {
  JsonWriter out;
  out.beginObject().key("account").text(account).key("password").text(password);
  if (invite) out.key("invite").text(*invite);
  return out.endObject().take();
}

Result<RegisterResponse> RegisterResponse::parse(QByteArrayView json) {
  const JsonReader in(json);
  RegisterResponse response;
  response.userId = in["user_id"].id<UserId>();
  response.account = in["account"].text({limits::kAccountBytes});
  return in.done(std::move(response));
}

QByteArray RegisterResponse::toJson() const {
  JsonWriter out;
  return out.beginObject().key("user_id").id(userId).key("account").text(account).endObject().take();
}

const char *toText(DeviceState state) {
  switch (state) {
    case DeviceState::Pending:
      return "PENDING";
    case DeviceState::Active:
      return "ACTIVE";
    case DeviceState::Revoked:
      return "REVOKED";
  }
  return "";
}

std::optional<DeviceState> parseDeviceState(QByteArrayView text) {
  for (const auto state : {DeviceState::Pending, DeviceState::Active, DeviceState::Revoked})
    if (text == toText(state)) return state;
  return std::nullopt;
}

Result<LoginRequest> LoginRequest::parse(QByteArrayView json) {
  const JsonReader in(json);
  LoginRequest request;
  request.account = in["account"].text({limits::kAccountBytes});
  request.password = in["password"].text({limits::kPasswordBytes, 0});
  request.deviceName = in["device_name"].text({limits::kDeviceNameBytes});
  return in.done(std::move(request));
}

QByteArray LoginRequest::toJson() const {
  JsonWriter out;
  out.beginObject().key("account").text(account).key("password").text(password);
  return out.key("device_name").text(deviceName).endObject().take();
}

Result<TokenPair> TokenPair::parse(QByteArrayView json) {
  const JsonReader in(json);
  return in.done(readTokens(in));
}

QByteArray TokenPair::toJson() const {
  JsonWriter out;
  out.beginObject();
  writeTokens(out, *this);
  return out.endObject().take();
}

Result<LoginResponse> LoginResponse::parse(QByteArrayView json) {
  const JsonReader in(json);
  LoginResponse response;
  response.userId = in["user_id"].id<UserId>();
  response.account = in["account"].text({limits::kAccountBytes});
  response.deviceId = in["device_id"].deviceId();
  response.deviceState = in["device_state"].named(parseDeviceState);
  response.serverTime = in["server_time"].millis();
  response.environment = in["environment"].text({64, 0});
  response.tokens = readTokens(in);
  return in.done(std::move(response));
}

QByteArray LoginResponse::toJson() const {
  JsonWriter out;
  out.beginObject().key("user_id").id(userId).key("account").text(account);
  out.key("device_id").deviceId(deviceId).key("device_state").text(toText(deviceState));
  out.key("server_time").number(serverTime).key("environment").text(environment);
  writeTokens(out, tokens);
  return out.endObject().take();
}

Result<RefreshRequest> RefreshRequest::parse(QByteArrayView json) {
  const JsonReader in(json);
  RefreshRequest request;
  request.refreshToken = in["refresh_token"].text({limits::kTokenBytes});
  request.requestId = in["request_id"].text({limits::kRequestIdBytes});
  if (in.has("signature")) request.signature = in["signature"].exactBytes(64);
  return in.done(std::move(request));
}

QByteArray RefreshRequest::toJson() const {
  JsonWriter out;
  out.beginObject().key("refresh_token").text(refreshToken).key("request_id").text(requestId);
  if (signature) out.key("signature").bytes(*signature);
  return out.endObject().take();
}

QByteArray RefreshRequest::signedBytes() const {
  QByteArray bytes;
  appendField(bytes, "gx-refresh-1");
  appendField(bytes, refreshToken);
  appendField(bytes, requestId);
  return bytes;
}

Result<DeviceList> DeviceList::parse(QByteArrayView json) {
  const JsonReader in(json);
  DeviceList list;
  in["devices"].each(limits::kDevicesListed,
                     [&](const JsonValue &value) { list.devices.append(readDeviceInfo(value)); });
  return in.done(std::move(list));
}

QByteArray DeviceList::toJson() const {
  JsonWriter out;
  out.beginObject().key("devices").beginArray();
  for (const DeviceInfo &device : devices) writeDeviceInfo(out, device);
  return out.endArray().endObject().take();
}

}  // namespace gx::wire
