// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/session_dto.h"

#include "core/wire/json_reader.h"
#include "core/wire/json_writer.h"

namespace gx::wire {

namespace {

constexpr qint64 kLargestSeq = qint64{1} << 53;
constexpr qint64 kLongestSeconds = 10LL * 365 * 24 * 60 * 60;
constexpr qint64 kLongestRetryMs = 24LL * 60 * 60 * 1000;
constexpr QByteArrayView kRelayMember = "x-gx-relay";

std::optional<QByteArray> parseRegistration(QByteArrayView text) {
  if (text == "open" || text == "invite" || text == "closed") return text.toByteArray();
  return std::nullopt;
}

}  // namespace

Result<ConnectAuth> ConnectAuth::parse(QByteArrayView json) {
  const JsonReader in(json);
  ConnectAuth auth;
  auth.token = in["token"].text({limits::kTokenBytes});
  if (in.has("after")) auth.after = in["after"].number(0, kLargestSeq);
  if (in.has("message_id")) auth.messageId = in["message_id"].id<MessageId>();
  if (in.has("boot")) {
    const JsonReader boot = in["boot"].object();
    auth.bootCounter = boot["counter"].number(0, kLargestSeq);
    auth.bootSends = boot["sends"].number(0, kLargestSeq);
  }
  return in.done(std::move(auth));
}

QByteArray ConnectAuth::toJson() const {
  JsonWriter out;
  out.beginObject().key("token").text(token);
  if (after) out.key("after").number(*after);
  if (messageId) out.key("message_id").id(*messageId);
  if (bootCounter && bootSends)
    out.key("boot").beginObject().key("counter").number(*bootCounter).key("sends").number(*bootSends).endObject();
  return out.endObject().take();
}

Result<Ready> Ready::parse(QByteArrayView json) {
  const JsonReader in(json);
  Ready ready;
  ready.deviceId = in["device_id"].deviceId();
  ready.head = in["head"].number(0, kLargestSeq);
  ready.acked = in["acked"].number(0, kLargestSeq);
  ready.expired = in["expired"].number(0, kLargestSeq);
  ready.preKeys = static_cast<int>(in["prekeys"].number(0, limits::kOneTimePrekeys));
  ready.rolledBack = in["rolled_back"].flag();
  ready.serverTime = in["server_time"].millis();
  return in.done(ready);
}

QByteArray Ready::toJson() const {
  JsonWriter out;
  out.beginObject().key("device_id").deviceId(deviceId).key("head").number(head);
  out.key("acked").number(acked).key("expired").number(expired);
  out.key("prekeys").number(preKeys).key("rolled_back").flag(rolledBack);
  return out.key("server_time").number(serverTime).endObject().take();
}

Result<KeysLow> KeysLow::parse(QByteArrayView json) {
  const JsonReader in(json);
  return in.done(KeysLow{static_cast<int>(in["prekeys"].number(0, limits::kOneTimePrekeys))});
}

QByteArray KeysLow::toJson() const {
  JsonWriter out;
  return out.beginObject().key("prekeys").number(preKeys).endObject().take();
}

Result<AuthRenew> AuthRenew::parse(QByteArrayView json) {
  const JsonReader in(json);
  return in.done(AuthRenew{in["token"].text({limits::kTokenBytes})});
}

QByteArray AuthRenew::toJson() const {
  JsonWriter out;
  return out.beginObject().key("token").text(token).endObject().take();
}

Result<AuthRenewed> AuthRenewed::parse(QByteArrayView json) {
  const JsonReader in(json);
  return in.done(AuthRenewed{in["expires_in"].number(0, kLongestSeconds)});
}

QByteArray AuthRenewed::toJson() const {
  JsonWriter out;
  return out.beginObject().key("expires_in").number(expiresIn).endObject().take();
}

Result<AuthExpiring> AuthExpiring::parse(QByteArrayView json) {
  const JsonReader in(json);
  return in.done(AuthExpiring{in["seconds"].number(0, kLongestSeconds)});
}

QByteArray AuthExpiring::toJson() const {
  JsonWriter out;
  return out.beginObject().key("seconds").number(seconds).endObject().take();
}

Result<Closing> Closing::parse(QByteArrayView json) {
  const JsonReader in(json);
  return in.done(Closing{in["retry_after_ms"].number(0, kLongestRetryMs)});
}

QByteArray Closing::toJson() const {
  JsonWriter out;
  return out.beginObject().key("retry_after_ms").number(retryAfterMs).endObject().take();
}

Result<RelayInfo> RelayInfo::parse(QByteArrayView openApiJson) {
  QByteArrayView member;
  JsonWalker walker(openApiJson);  // the description has more keys than a JsonReader takes
  while (walker.next())
    if (walker.isObject() && walker.key() == kRelayMember) member = walker.value();
  if (walker.failed()) return fail(walker.error());
  if (member.isEmpty()) return fail(ErrorKind::Invalid, "x-gx-relay: missing");
  const JsonReader in(member);
  RelayInfo info;
  info.apiLevel = static_cast<int>(in["api_level"].number(1, 1'000'000));
  info.environment = in["environment"].text({64, 0});
  info.demo = in["demo"].flag();
  info.registration = in["registration"].named(parseRegistration);
  return in.done(std::move(info));
}

QByteArray RelayInfo::toJson() const {
  JsonWriter out;
  out.beginObject().key("api_level").number(apiLevel).key("environment").text(environment);
  return out.key("demo").flag(demo).key("registration").text(registration).endObject().take();
}

}  // namespace gx::wire
