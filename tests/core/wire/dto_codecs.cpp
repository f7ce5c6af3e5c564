// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/core/wire/dto_codecs.h"

#include "core/wire/account_dto.h"
#include "core/wire/conversation_dto.h"
#include "core/wire/keys_dto.h"
#include "core/wire/link_dto.h"
#include "core/wire/manifest_dto.h"
#include "core/wire/message_dto.h"
#include "core/wire/presence_dto.h"
#include "core/wire/problem_dto.h"
#include "core/wire/session_dto.h"

namespace gx::test {

namespace {

template <typename Dto>
Result<QByteArray> roundTrip(QByteArrayView json) {
  const auto dto = Dto::parse(json);
  if (!dto) return fail(dto.error());
  return dto->toJson();
}

// The member stands inside a description.
Result<QByteArray> roundTripRelayInfo(QByteArrayView json) {
  return roundTrip<wire::RelayInfo>("{\"openapi\":\"3.1.0\",\"x-gx-relay\":" + json.toByteArray() + ",\"paths\":{}}");
}

}  // namespace

#define GX_DTO(file, name)                                             \
  DtoCodec {                                                           \
    QStringLiteral(file), QStringLiteral(#name), roundTrip<wire::name> \
  }

QList<DtoCodec> dtoCodecs() {
  return {
      GX_DTO("account", RegisterRequest),
      GX_DTO("account", RegisterResponse),
      GX_DTO("account", LoginRequest),
      GX_DTO("account", TokenPair),
      GX_DTO("account", LoginResponse),
      GX_DTO("account", RefreshRequest),
      GX_DTO("account", DeviceList),
      GX_DTO("conversation", ConversationCreate),
      GX_DTO("conversation", ConversationInfo),
      GX_DTO("conversation", ConversationPage),
      GX_DTO("keys", KeyUpload),
      GX_DTO("keys", KeyCount),
      GX_DTO("keys", KeyAudit),
      GX_DTO("keys", BundleRequest),
      GX_DTO("keys", BundleResponse),
      GX_DTO("keys", UserDevices),
      GX_DTO("link", LinkPut),
      GX_DTO("link", LinkAnswer),
      GX_DTO("link", LinkState),
      GX_DTO("link", DeviceLinkEvent),
      GX_DTO("manifest", ManifestPage),
      GX_DTO("manifest", ManifestAppend),
      GX_DTO("manifest", ManifestAppended),
      GX_DTO("manifest", ManifestChanged),
      GX_DTO("message", SendRequest),
      GX_DTO("message", SendAccepted),
      GX_DTO("message", MailPage),
      GX_DTO("message", MailEvent),
      GX_DTO("message", MailAck),
      GX_DTO("presence", PresenceSet),
      GX_DTO("presence", PresenceWatch),
      GX_DTO("presence", PresenceInfo),
      GX_DTO("presence", PresenceList),
      GX_DTO("presence", TypingSet),
      GX_DTO("presence", TypingNotice),
      GX_DTO("problem", Problem),
      GX_DTO("session", ConnectAuth),
      GX_DTO("session", Ready),
      GX_DTO("session", KeysLow),
      GX_DTO("session", AuthRenew),
      GX_DTO("session", AuthRenewed),
      GX_DTO("session", AuthExpiring),
      GX_DTO("session", Closing),
      DtoCodec{QStringLiteral("session"), QStringLiteral("RelayInfo"), roundTripRelayInfo},
  };
}

#undef GX_DTO

}  // namespace gx::test
