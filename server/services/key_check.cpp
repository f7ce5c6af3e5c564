// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/services/key_check.h"

#include <QSet>

#include "core/curve/signature.h"
#include "core/wire/limits.h"

namespace gx::server::services {

namespace {

constexpr quint32 kLargestRegistrationId = 0x7fffffff;
constexpr int kLargestUpload = 100;

tl::unexpected<Error> badKeys(const char *why) {
  return fail(ErrorKind::Invalid, why, "invalid_keys");
}

bool isKey(const QByteArray &bytes) {
  return curve::PublicKey::parse(bytes).has_value();
}
bool isKeyId(quint32 id) {
  return id >= 1 && id <= wire::limits::kLargestPrekeyId;
}

}  // namespace

Result<> checkKeyShapes(const wire::KeyUpload &keys) {
  if (keys.preKeys.size() > kLargestUpload) return fail(ErrorKind::TooLarge, "more than 100 prekeys", "too_large");
  if (keys.identityKey && !isKey(*keys.identityKey)) return badKeys("identity_key");
  if (keys.registrationId && (*keys.registrationId < 1 || *keys.registrationId > kLargestRegistrationId))
    return badKeys("registration_id");
  if (keys.signedPreKey && (!isKeyId(keys.signedPreKey->keyId) || !isKey(keys.signedPreKey->publicKey)))
    return badKeys("signed_prekey");
  if (const auto &last = keys.lastResortPreKey;
      last && (last->keyId != wire::limits::kLastResortPrekeyId || !isKey(last->publicKey)))
    return badKeys("last_resort_prekey");
  QSet<quint32> ids;
  for (const wire::PreKey &preKey : keys.preKeys) {
    if (!isKeyId(preKey.keyId) || !isKey(preKey.publicKey)) return badKeys("prekeys");
    if (ids.contains(preKey.keyId)) return badKeys("prekeys: an id twice");
    ids.insert(preKey.keyId);
  }
  return {};
}

Result<> checkKeySignature(const wire::KeyUpload &keys, const QByteArray &identityKey) {
  if (!keys.signedPreKey) return {};
  const auto identity = curve::PublicKey::parse(identityKey);
  if (!identity) return badKeys("identity_key");
  if (curve::isSignedBy(*identity, keys.signedPreKey->publicKey, keys.signedPreKey->signature)) return {};
  return fail(ErrorKind::Invalid, "signed_prekey: the signature is wrong", "invalid_signature");
}

}  // namespace gx::server::services
