// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <optional>

#include "core/base/async.h"
#include "core/base/ids.h"
#include "core/base/task_scope.h"
#include "core/net/access_tokens.h"
#include "core/net/rest_channel.h"
#include "core/wire/account_dto.h"
#include "core/wire/conversation_dto.h"
#include "core/wire/keys_dto.h"
#include "core/wire/link_dto.h"
#include "core/wire/manifest_dto.h"
#include "core/wire/message_dto.h"
#include "core/wire/session_dto.h"

namespace gx::net {

// One method per REST endpoint of PROTOCOL.md section 2 (refresh is AccessTokens' affair). A token the relay refuses is
// renewed and the request repeated once.
class ApiClient final {
 public:
  ApiClient(RestChannel &channel, AccessTokens &tokens);

  [[nodiscard]] Async<wire::RelayInfo> relayInfo();
  [[nodiscard]] Async<wire::RegisterResponse> registerAccount(wire::RegisterRequest wanted);
  [[nodiscard]] Async<wire::LoginResponse> login(wire::LoginRequest wanted);
  [[nodiscard]] Async<> logout();
  [[nodiscard]] Async<wire::DeviceList> devices();
  [[nodiscard]] Async<> deleteDevice(DeviceId device);

  [[nodiscard]] Async<wire::KeyCount> uploadKeys(wire::KeyUpload upload);
  [[nodiscard]] Async<wire::KeyCount> resetKeys(wire::KeyUpload upload);
  [[nodiscard]] Async<wire::KeyCount> keyCount();
  [[nodiscard]] Async<wire::KeyAudit> keyAudit();
  [[nodiscard]] Async<wire::BundleResponse> bundles(wire::BundleRequest wanted);
  [[nodiscard]] Async<wire::UserDevices> devicesOf(UserId user);

  [[nodiscard]] Async<wire::ManifestPage> manifest(UserId user, qint64 afterVersion);
  [[nodiscard]] Async<wire::ManifestAppended> appendManifest(wire::ManifestAppend append);
  [[nodiscard]] Async<wire::LinkState> putLink(wire::LinkPut link);
  [[nodiscard]] Async<wire::LinkState> answerLink(DeviceId device, wire::LinkAnswer answer);
  [[nodiscard]] Async<wire::LinkState> link(DeviceId device);

  [[nodiscard]] Async<wire::ConversationInfo> startConversation(wire::ConversationCreate wanted);
  [[nodiscard]] Async<wire::ConversationPage> conversations(std::optional<ConversationId> after, int limit);
  [[nodiscard]] Async<wire::ConversationInfo> conversation(ConversationId id);

  [[nodiscard]] QCoro::Task<SendResult> sendMessage(wire::SendRequest wanted);
  [[nodiscard]] Async<wire::MailPage> mail(wire::MailAck after, int limit);
  [[nodiscard]] Async<wire::MailAck> acknowledgeMail(wire::MailAck ack);

  // Ends all calls as Cancelled; afterwards calls fail at once.
  [[nodiscard]] QCoro::Task<> shutdown();

 private:
  RestTask callOpen(RestRequest open);      // without a token
  RestTask callSigned(RestRequest wanted);  // with one
  template <typename T>
  static Async<T> parsed(RestTask call);
  template <typename T>
  Async<T> ask(RestRequest wanted);
  Async<> tell(RestRequest wanted);
  static Async<> done(RestTask call);
  static QCoro::Task<SendResult> sent(RestTask call);

  RestChannel &m_channel;
  AccessTokens &m_tokens;
  std::stop_source m_stop;
  TaskScope m_scope;
};

}  // namespace gx::net
