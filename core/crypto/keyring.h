// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/base/clock.h"
#include "core/crypto/identity.h"
#include "core/crypto/key_store.h"
#include "core/crypto/record_seal.h"
#include "core/crypto/signal_context.h"

namespace gx::crypto {

// All that a step of the protocol needs besides its input. The vault owns the parts and keeps them alive.
struct Keyring {
  SignalContext &context;
  KeyStore &store;
  const Identity &identity;
  const RecordSeal &seal;
  const Clock &clock;
};

}  // namespace gx::crypto
