// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <memory>

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/crypto/keyring.h"
#include "core/store/account_store.h"
#include "core/store/chain_store.h"
#include "core/store/contact_store.h"
#include "core/store/conversation_store.h"
#include "core/store/deferred_effect_store.h"
#include "core/store/device_receipt_store.h"
#include "core/store/draft_store.h"
#include "core/store/identity_store.h"
#include "core/store/key_batch_store.h"
#include "core/store/manifest_store.h"
#include "core/store/message_store.h"
#include "core/store/outbox_store.h"
#include "core/store/quarantine_store.h"
#include "core/store/reaction_store.h"
#include "core/store/receipt_queue_store.h"
#include "core/store/received_store.h"
#include "core/store/resend_store.h"
#include "core/store/sealed_envelope_store.h"
#include "core/store/setting_store.h"
#include "core/store/signal_key_store.h"
#include "core/vault/sender_budgets.h"

namespace gx::vault {

// All that lives on the vault thread: the database with its stores, the Signal context, this device's identity. Whoever
// works in here runs inside the one open transaction of its job.
struct Strongroom {
  // Opens, brings the schema up to date, and makes the identity of a new store.
  [[nodiscard]] static Result<std::unique_ptr<Strongroom>> open(const QString &file, const SecretBytes &key,
                                                                Clock &clock, Random &random);

  std::unique_ptr<store::Database> database;
  Clock &clock;
  Random &random;
  std::unique_ptr<crypto::SignalContext> context;
  crypto::Identity identity;
  crypto::RecordSeal seal;

  store::AccountStore account{*database};
  store::SettingStore settings{*database};
  store::DraftStore drafts{*database};
  store::IdentityStore identities{*database};
  store::SignalKeyStore keys{*database};
  store::KeyBatchStore keyBatches{*database};
  store::ManifestStore manifests{*database};
  store::ContactStore contacts{*database};
  store::ConversationStore conversations{*database};
  store::MessageStore messages{*database};
  store::ReactionStore reactions{*database};
  store::DeviceReceiptStore deviceReceipts{*database};
  store::OutboxStore outbox{*database};
  store::SealedEnvelopeStore sealedEnvelopes{*database};
  store::ReceiptQueueStore receiptQueue{*database};
  store::ResendStore resends{*database};
  store::ReceivedStore received{*database};
  store::ChainStore chains{*database};
  store::QuarantineStore quarantine{*database};
  store::DeferredEffectStore deferredEffects{*database};
  SenderBudgets budgets{clock};

  [[nodiscard]] crypto::Keyring keyring() { return {*context, keys, identity, seal, clock}; }
  [[nodiscard]] WallTime now() const { return clock.wallNow(); }
};

}  // namespace gx::vault
