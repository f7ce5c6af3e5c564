// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/base/error.h"

namespace gx::cli {

// What gx-cli ends with; stands in --help and stays as it is.
enum ExitCode : int {
  kOk = 0,
  kFailed = 1,         // anything without a code of its own
  kUsage = 2,          // the words of the command do not fit
  kQueued = 3,         // the message is safe here, the relay did not take it in time; it leaves with the next command
  kProfileInUse = 4,   // another process has this profile
  kNotSignedIn = 5,    // no profile here, or nobody signed in, or signed out by the relay
  kRefused = 6,        // wrong credentials, not allowed, unknown person or message
  kNotReached = 7,     // no relay: network, certificate, proxy
  kPending = 8,        // this device waits for approval, or the digits for a person's word (--digits)
  kProfileLocked = 9,  // no slot opened the profile's key, or the store does not open
  kDigitsDiffer = 10,  // the devices show different digits: nothing was taken over, the new device is dropped
};

[[nodiscard]] ExitCode exitCodeOf(const Error &error);

}  // namespace gx::cli
