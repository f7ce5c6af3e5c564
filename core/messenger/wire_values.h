// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <vector>

#include "core/net/rest_failure.h"
#include "core/vault/vault.h"
#include "core/wire/conversation_dto.h"
#include "core/wire/keys_dto.h"
#include "core/wire/manifest_dto.h"
#include "core/wire/message_dto.h"

// The wire's values as the vault's, and back. The only place that knows both.
namespace gx::messenger {

[[nodiscard]] wire::ManifestEntry toWire(const curve::ManifestEntry &entry);
// Untrusted if a key is none.
[[nodiscard]] Result<std::vector<curve::ManifestEntry>> toEntries(const QList<wire::ManifestEntry> &entries);

[[nodiscard]] wire::KeyUpload toUpload(const vault::KeyBatch &batch);
[[nodiscard]] vault::KeyAudit toAudit(const wire::KeyAudit &audit);
[[nodiscard]] std::vector<crypto::PreKeyBundle> toBundles(const wire::BundleResponse &response);

[[nodiscard]] wire::SendRequest toRequest(const vault::SealedMessage &message);
[[nodiscard]] vault::Incoming toIncoming(const wire::MailItem &item);
[[nodiscard]] vault::ConversationFacts toFacts(const wire::ConversationInfo &info);
[[nodiscard]] vault::DeviceMismatch toMismatch(const net::RestFailure &failure);

}  // namespace gx::messenger
