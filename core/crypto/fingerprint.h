// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <vector>

#include "core/base/ids.h"
#include "core/base/result.h"
#include "core/crypto/signal_context.h"
#include "core/curve/public_key.h"
#include "core/model/safety_number.h"

namespace gx::crypto {

// One side of a safety number: the person and the identity keys of all active devices, in any order, at least one.
struct FingerprintParty {
  UserId user;
  std::vector<curve::PublicKey> keys;
};

// Mismatch: other keys, or another pair of people. OwnCode: the camera saw our own screen.
enum class ScanOutcome { Match, Mismatch, OwnCode, OtherVersion };

// Equal on both sides; equal to FingerprintGenerator(5200) of the JavaScript library. 60 digits and the scannable form.
[[nodiscard]] Result<model::SafetyNumber> safetyNumber(SignalContext &context, const FingerprintParty &local,
                                                       const FingerprintParty &remote);
// What the camera read against what we expect. Invalid if it is no such code at all.
[[nodiscard]] Result<ScanOutcome> compareScanned(const model::SafetyNumber &own, QByteArrayView scanned);

}  // namespace gx::crypto
