// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/crypto/signing.h"

#include <signal_protocol.h>

#include "core/crypto/signal_error.h"
#include "core/crypto/signal_handles.h"

namespace gx::crypto {

Result<QByteArray> sign(SignalContext &context, const Identity &identity, QByteArrayView message) {
  SignalRef<ec_private_key> key;
  int result = curve_decode_private_point(key.out(), identity.privateKey.data(),
                                          static_cast<std::size_t>(identity.privateKey.size()), context.raw());
  if (result < 0) return fail(signalError(result, "curve_decode_private_point"));
  SignalBuffer signature;
  result = curve_calculate_signature(context.raw(), signature.out(), key.get(), octets(message), length(message));
  if (result < 0) return fail(signalError(result, "curve_calculate_signature"));
  return signature.bytes();
}

}  // namespace gx::crypto
