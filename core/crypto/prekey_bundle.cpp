// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/crypto/prekey_bundle.h"

#include "core/crypto/signal_error.h"
#include "core/curve/signature.h"

namespace gx::crypto {

namespace {

constexpr quint32 kMaxExtendedRegistrationId = 0x7fffffff;

tl::unexpected<Error> badBundle(const char *detail) {
  return fail(ErrorKind::Invalid, detail, codes::kBadShape);
}

tl::unexpected<Error> untrustedBundle(const char *detail) {
  return fail(ErrorKind::Untrusted, detail, codes::kUntrustedIdentity);
}

Result<> checkNumbers(const PreKeyBundle &bundle) {
  if (bundle.device.isNull()) return badBundle("bundle without device");
  if (bundle.registrationId == 0 || bundle.registrationId > kMaxExtendedRegistrationId)
    return badBundle("registration id out of range");
  if (bundle.signedPreKey.id > kMaxPreKeyId) return badBundle("signed prekey id out of range");
  if (bundle.preKey && (bundle.preKey->id == 0 || bundle.preKey->id > kLastResortPreKeyId))
    return badBundle("prekey id out of range");
  return {};
}

}  // namespace

Result<> checkBundle(const PreKeyBundle &bundle, const curve::PublicKey &expected) {
  Result<> numbers = checkNumbers(bundle);
  if (!numbers) return numbers;
  const auto identity = curve::PublicKey::parse(bundle.identityKey);
  if (!identity) return badBundle("identity key refused");
  if (!curve::PublicKey::parse(bundle.signedPreKey.key)) return badBundle("signed prekey refused");
  if (bundle.preKey && !curve::PublicKey::parse(bundle.preKey->key)) return badBundle("prekey refused");
  if (bundle.signedPreKey.signature.size() != curve::kSignatureSize) return badBundle("signature has not 64 bytes");
  if (expected.isNull() || *identity != expected) return untrustedBundle("bundle of another identity");
  if (!curve::isSignedBy(*identity, bundle.signedPreKey.key, bundle.signedPreKey.signature))
    return untrustedBundle("signed prekey with a wrong signature");
  return {};
}

}  // namespace gx::crypto
