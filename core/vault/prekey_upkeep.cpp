// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/vault/prekey_upkeep.h"

#include <algorithm>

#include "core/base/bytes.h"

namespace gx::vault {

using namespace std::chrono_literals;

namespace {

constexpr auto kSignedPreKeyLife = 7 * 24h;
constexpr qsizetype kDigestSize = 8;

bool isDigestOf(const QByteArray &digest, const QByteArray &publicKey) {
  return digest == sha256(publicKey).first(kDigestSize);
}

}  // namespace

Result<> PreKeyUpkeep::makePreKeys(int count) {
  const auto first = m_room.identities.nextPreKeyId();
  if (!first) return fail(first.error());
  const auto made = crypto::makePreKeys(m_room.keyring(), *first, count);
  if (!made) return fail(made.error());
  return m_room.identities.setNextPreKeyId(crypto::nextPreKeyId(*first, count));
}

Result<> PreKeyUpkeep::makeSignedPreKey() {
  const auto id = m_room.identities.takeSignedPreKeyId();
  if (!id) return fail(id.error());
  const auto made = crypto::makeSignedPreKey(m_room.keyring(), *id);
  if (!made) return fail(made.error());
  return m_room.keyBatches.markReplaced(m_room.now());
}

Result<KeyBatch> PreKeyUpkeep::contents(const store::KeyBatchRow &row) {
  KeyBatch batch{row.number, row.isReset};
  if (row.namesIdentity) batch.identityKey = m_room.identity.publicKey;
  if (row.namesIdentity || row.isReset) batch.registrationId = m_room.identity.registrationId;
  const auto signedKey = m_room.keyBatches.signedPreKey(row.number);
  if (!signedKey) return fail(signedKey.error());
  batch.signedPreKey = *signedKey;
  auto preKeys = m_room.keyBatches.preKeys(row.number);
  if (!preKeys) return fail(preKeys.error());
  batch.preKeys = std::move(*preKeys);
  return batch;
}

Result<KeyBatch> PreKeyUpkeep::uploadBatch(int wantedPreKeys) {
  const auto open = m_room.keyBatches.open();
  if (!open) return fail(open.error());
  if (*open) return contents(**open);
  const auto isUploaded = m_room.identities.isUploaded();
  if (!isUploaded) return fail(isUploaded.error());
  if (!*isUploaded) {
    if (const auto made = makeSignedPreKey(); !made) return fail(made.error());
    wantedPreKeys = crypto::kPreKeyBatch;
  }
  if (wantedPreKeys > 0)
    if (const auto made = makePreKeys(std::min(wantedPreKeys, crypto::kPreKeyBatch)); !made) return fail(made.error());
  const auto hasKeys = m_room.keyBatches.hasUngathered();
  if (!hasKeys) return fail(hasKeys.error());
  if (!*hasKeys) return KeyBatch();
  const auto gathered = m_room.keyBatches.gather(false, !*isUploaded);
  if (!gathered) return fail(gathered.error());
  return contents(*gathered);
}

Result<> PreKeyUpkeep::confirm(qint64 batchNumber) {
  if (const auto uploaded = m_room.identities.setUploaded(); !uploaded) return uploaded;
  return m_room.keyBatches.confirm(batchNumber);
}

Result<bool> PreKeyUpkeep::rotateIfDue() {
  const auto newest = m_room.keyBatches.newestSignedPreKey();
  if (!newest) return fail(newest.error());
  if (!*newest) return false;  // the first upload makes one
  if (m_room.now() - (*newest)->createdAt >= kSignedPreKeyLife)
    if (const auto made = makeSignedPreKey(); !made) return fail(made.error());
  return m_room.keyBatches.hasUngathered();
}

Result<bool> PreKeyUpkeep::holdsAll(const KeyAudit &audit) {
  const auto signedKey = m_room.keys.signedPreKey(audit.signedPreKey.id);
  if (!signedKey) return fail(signedKey.error());
  if (!*signedKey || !isDigestOf(audit.signedPreKey.digest, (*signedKey)->publicKey)) return false;
  const auto lastResorts = m_room.keyBatches.lastResortPublics();
  if (!lastResorts) return fail(lastResorts.error());
  const bool holdsLast = std::any_of(lastResorts->begin(), lastResorts->end(), [&](const QByteArray &key) {
    return isDigestOf(audit.lastResortPreKey.digest, key);
  });
  if (!holdsLast) return false;
  for (const KeyDigest &offered : audit.preKeys) {
    const auto key = m_room.keyBatches.preKeyPublic(offered.id);
    if (!key) return fail(key.error());
    if (!*key || !isDigestOf(offered.digest, **key)) return false;
  }
  return true;
}

Result<> PreKeyUpkeep::resetAll() {
  const auto isUploaded = m_room.identities.isUploaded();
  if (!isUploaded) return fail(isUploaded.error());
  if (!*isUploaded) return {};  // nothing is offered yet: the first upload is complete anyway
  if (const auto retired = m_room.keyBatches.retireAll(m_room.now()); !retired) return retired;
  if (const auto made = makeSignedPreKey(); !made) return made;
  if (const auto made = makePreKeys(crypto::kPreKeyBatch); !made) return made;
  const auto gathered = m_room.keyBatches.gather(true, false);
  if (!gathered) return fail(gathered.error());
  return {};
}

}  // namespace gx::vault
