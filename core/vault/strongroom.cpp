// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/vault/strongroom.h"

#include "core/store/migrations.h"
#include "core/store/transaction.h"

namespace gx::vault {

namespace {

struct OwnKeys {
  crypto::Identity identity;
  SecretBytes recordKey;
};

Result<OwnKeys> makeOwnKeys(store::IdentityStore &identities, crypto::SignalContext &context) {
  auto identity = crypto::makeIdentity(context);
  if (!identity) return fail(identity.error());
  QByteArray recordKey = context.random().bytes(crypto::RecordSeal::kKeySize);
  store::IdentityRow row{identity->publicKey.bytes(), identity->privateKey.copy(), identity->registrationId,
                         SecretBytes(recordKey)};
  if (const auto inserted = identities.insert(row); !inserted) return fail(inserted.error());
  return OwnKeys{std::move(*identity), SecretBytes::taking(recordKey)};
}

Result<OwnKeys> ownKeys(store::Database &database, crypto::SignalContext &context) {
  store::IdentityStore identities(database);
  store::Transaction transaction(database);
  if (!transaction.began()) return fail(transaction.began().error());
  auto row = identities.identity();
  if (!row) return fail(row.error());
  if (*row) {
    store::IdentityRow &kept = **row;
    auto identity = crypto::restoreIdentity(kept.publicKey, std::move(kept.privateKey), kept.registrationId);
    if (!identity) return fail(identity.error());
    return OwnKeys{std::move(*identity), std::move(kept.recordKey)};
  }
  auto made = makeOwnKeys(identities, context);
  if (!made) return made;
  if (const auto committed = transaction.commit(); !committed) return fail(committed.error());
  return made;
}

}  // namespace

Result<std::unique_ptr<Strongroom>> Strongroom::open(const QString &file, const SecretBytes &key, Clock &clock,
                                                     Random &random) {
  auto database = store::Database::open(file, key);
  if (!database) return fail(database.error());
  if (const auto current = store::migrate(**database, store::schemaSteps()); !current) return fail(current.error());
  auto context = crypto::SignalContext::make(random);
  if (!context) return fail(context.error());
  auto own = ownKeys(**database, **context);
  if (!own) return fail(own.error());
  return std::unique_ptr<Strongroom>(new Strongroom{std::move(*database), clock, random, std::move(*context),
                                                    std::move(own->identity), crypto::RecordSeal(own->recordKey)});
}

}  // namespace gx::vault
