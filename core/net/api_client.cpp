// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/net/api_client.h"

#include "core/wire/routes.h"

namespace gx::net {

namespace routes = wire::routes;

namespace {

constexpr qsizetype kMailPageBytes = 32 * wire::limits::kMiB;  // 100 letters of 96 KiB, in base64, and room

RestRequest request(const char *method, QByteArray path, QByteArray body = {}) {
  RestRequest made;
  made.method = method;
  made.path = std::move(path);
  made.body = std::move(body);
  return made;
}

QByteArray pathOf(QByteArray path, const char *name, const QByteArray &value) {
  return path.replace(name, value);
}

QByteArray query(QByteArray path, const QByteArray &after, int limit) {
  path += "?limit=" + QByteArray::number(limit);
  if (!after.isEmpty()) path += "&after=" + after;
  return path;
}

}  // namespace

ApiClient::ApiClient(RestChannel &channel, AccessTokens &tokens) : m_channel(channel), m_tokens(tokens) {}

Async<wire::RelayInfo> ApiClient::relayInfo() {
  return m_scope.track(parsed<wire::RelayInfo>(callOpen(request("GET", routes::kOpenApi))));
}
Async<wire::RegisterResponse> ApiClient::registerAccount(wire::RegisterRequest wanted) {
  auto call = callOpen(request("POST", routes::kRegister, wanted.toJson()));
  return m_scope.track(parsed<wire::RegisterResponse>(std::move(call)));
}
Async<wire::LoginResponse> ApiClient::login(wire::LoginRequest wanted) {
  auto call = callOpen(request("POST", routes::kLogin, wanted.toJson()));
  return m_scope.track(parsed<wire::LoginResponse>(std::move(call)));
}
Async<> ApiClient::logout() {
  return tell(request("POST", routes::kLogout, "{}"));
}
Async<wire::DeviceList> ApiClient::devices() {
  return ask<wire::DeviceList>(request("GET", routes::kDevices));
}
Async<> ApiClient::deleteDevice(DeviceId device) {
  return tell(request("DELETE", pathOf(routes::kDevice, "{device_id}", toText(device))));
}

Async<wire::KeyCount> ApiClient::uploadKeys(wire::KeyUpload upload) {
  return ask<wire::KeyCount>(request("PUT", routes::kKeys, upload.toJson()));
}
Async<wire::KeyCount> ApiClient::resetKeys(wire::KeyUpload upload) {
  return ask<wire::KeyCount>(request("PUT", routes::kKeysReset, upload.toJson()));
}
Async<wire::KeyCount> ApiClient::keyCount() {
  return ask<wire::KeyCount>(request("GET", routes::kKeysCount));
}
Async<wire::KeyAudit> ApiClient::keyAudit() {
  return ask<wire::KeyAudit>(request("GET", routes::kKeysAudit));
}
Async<wire::BundleResponse> ApiClient::bundles(wire::BundleRequest wanted) {
  return ask<wire::BundleResponse>(request("POST", routes::kKeysBundles, wanted.toJson()));
}
Async<wire::UserDevices> ApiClient::devicesOf(UserId user) {
  return ask<wire::UserDevices>(request("GET", pathOf(routes::kKeysDevices, "{user_id}", toText(user))));
}

Async<wire::ManifestPage> ApiClient::manifest(UserId user, qint64 afterVersion) {
  const QByteArray path = pathOf(routes::kManifestOf, "{user_id}", toText(user));
  return ask<wire::ManifestPage>(request("GET", path + "?after=" + QByteArray::number(afterVersion)));
}
Async<wire::ManifestAppended> ApiClient::appendManifest(wire::ManifestAppend append) {
  return ask<wire::ManifestAppended>(request("POST", routes::kManifest, append.toJson()));
}
Async<wire::LinkState> ApiClient::putLink(wire::LinkPut link) {
  return ask<wire::LinkState>(request("PUT", routes::kLink, link.toJson()));
}
Async<wire::LinkState> ApiClient::answerLink(DeviceId device, wire::LinkAnswer answer) {
  const QByteArray path = pathOf(routes::kLinkOf, "{device_id}", toText(device));
  return ask<wire::LinkState>(request("POST", path, answer.toJson()));
}
Async<wire::LinkState> ApiClient::link(DeviceId device) {
  return ask<wire::LinkState>(request("GET", pathOf(routes::kLinkOf, "{device_id}", toText(device))));
}

Async<wire::ConversationInfo> ApiClient::startConversation(wire::ConversationCreate wanted) {
  return ask<wire::ConversationInfo>(request("POST", routes::kConversations, wanted.toJson()));
}
Async<wire::ConversationPage> ApiClient::conversations(std::optional<ConversationId> after, int limit) {
  const QByteArray last = after ? toText(*after) : QByteArray();
  return ask<wire::ConversationPage>(request("GET", query(routes::kConversations, last, limit)));
}
Async<wire::ConversationInfo> ApiClient::conversation(ConversationId id) {
  const QByteArray path = pathOf(routes::kConversation, "{conversation_id}", toText(id));
  return ask<wire::ConversationInfo>(request("GET", path));
}

QCoro::Task<SendResult> ApiClient::sendMessage(wire::SendRequest wanted) {
  return m_scope.track(sent(callSigned(request("POST", routes::kMessages, wanted.toJson()))));
}
Async<wire::MailPage> ApiClient::mail(wire::MailAck after, int limit) {
  RestRequest page = request("GET", query(routes::kMessages, QByteArray::number(after.seq), limit));
  if (after.messageId) page.path += "&message_id=" + toText(*after.messageId);
  page.maxResponse = kMailPageBytes;
  return ask<wire::MailPage>(std::move(page));
}
Async<wire::MailAck> ApiClient::acknowledgeMail(wire::MailAck ack) {
  return ask<wire::MailAck>(request("POST", routes::kMessagesAck, ack.toJson()));
}

QCoro::Task<> ApiClient::shutdown() {
  m_stop.request_stop();
  co_await m_scope.drained();
}

RestTask ApiClient::callOpen(RestRequest open) {
  return m_channel.call(std::move(open), m_stop.get_token());
}

RestTask ApiClient::callSigned(RestRequest wanted) {
  for (bool isSecond = false;; isSecond = true) {
    const Result<QByteArray> token = co_await m_tokens.current(m_stop.get_token());
    if (!token) {
      RestFailure failure;
      failure.error = token.error();
      co_return tl::unexpected(std::move(failure));
    }
    wanted.token = *token;
    auto answer = co_await m_channel.call(wanted, m_stop.get_token());
    const bool isRefused = !answer && answer.error().error.code == "unauthorized";
    if (isRefused) m_tokens.invalidate(*token);
    if (!isRefused || isSecond) co_return answer;
  }
}

template <typename T>
Async<T> ApiClient::parsed(RestTask call) {
  const auto answer = co_await call;
  if (!answer) co_return fail(answer.error().error);
  Result<T> value = T::parse(*answer);
  if (!value) co_return fail(ErrorKind::Corrupt, value.error().detail, kBadAnswer);
  co_return value;
}

template <typename T>
Async<T> ApiClient::ask(RestRequest wanted) {
  return m_scope.track(parsed<T>(callSigned(std::move(wanted))));
}

Async<> ApiClient::tell(RestRequest wanted) {
  return m_scope.track(done(callSigned(std::move(wanted))));
}

Async<> ApiClient::done(RestTask call) {
  const auto answer = co_await call;
  if (!answer) co_return fail(answer.error().error);
  co_return {};
}

QCoro::Task<SendResult> ApiClient::sent(RestTask call) {
  const auto answer = co_await call;
  if (!answer) co_return tl::unexpected(answer.error());
  co_return readSendAccepted(*answer);
}

}  // namespace gx::net
