// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/crypto/identity.h"

#include <signal_protocol.h>

#include "core/base/bytes.h"
#include "core/crypto/signal_context.h"
#include "core/crypto/signal_error.h"
#include "core/crypto/signal_handles.h"

namespace gx::crypto {

namespace {

constexpr quint32 kMaxRegistrationId = 16380;

Result<curve::PublicKey> publicPart(const ec_public_key *key) {
  SignalBuffer bytes;
  const int result = ec_public_key_serialize(bytes.out(), key);
  if (result < 0) return fail(signalError(result, "ec_public_key_serialize"));
  return curve::PublicKey::parse(bytes.view());
}

}  // namespace

Result<Identity> makeIdentity(SignalContext &context) {
  SignalRef<ec_key_pair> pair;
  int result = curve_generate_key_pair(context.raw(), pair.out());
  if (result < 0) return fail(signalError(result, "curve_generate_key_pair"));
  SignalBuffer secret;
  result = ec_private_key_serialize(secret.out(), ec_key_pair_get_private(pair.get()));
  if (result < 0) return fail(signalError(result, "ec_private_key_serialize"));
  const Result<curve::PublicKey> key = publicPart(ec_key_pair_get_public(pair.get()));
  if (!key) return tl::unexpected(key.error());
  const auto registration = static_cast<quint32>(1 + context.random().below(kMaxRegistrationId));
  return Identity{*key, SecretBytes(secret.view()), registration};
}

Result<Identity> restoreIdentity(QByteArrayView publicKey, SecretBytes privateKey, quint32 registrationId) {
  const Result<curve::PublicKey> key = curve::PublicKey::parse(publicKey);
  if (!key || privateKey.size() != kPrivateKeySize || registrationId == 0)
    return fail(ErrorKind::Corrupt, "stored identity is malformed");
  SignalRef<ec_private_key> secret;
  SignalRef<ec_public_key> derived;
  if (curve_decode_private_point(secret.out(), privateKey.data(), kPrivateKeySize, nullptr) < 0 ||
      curve_generate_public_key(derived.out(), secret.get()) < 0)
    return fail(ErrorKind::Corrupt, "stored identity is malformed");
  const Result<curve::PublicKey> expected = publicPart(derived.get());
  if (!expected || *expected != *key) return fail(ErrorKind::Corrupt, "stored identity does not fit together");
  return Identity{*key, std::move(privateKey), registrationId};
}

}  // namespace gx::crypto
