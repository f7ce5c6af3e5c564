// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/cli/exit_code.h"

namespace gx::cli {

ExitCode exitCodeOf(const Error &error) {
  const QByteArray &code = error.code;
  if (code == "profile_in_use" || code == "store_busy") return kProfileInUse;
  if (code == "no_profile" || code == "not_signed_in" || code == "token_reused") return kNotSignedIn;
  if (code == "device_pending" || code == "digits_unconfirmed") return kPending;
  if (code == "digits_differ") return kDigitsDiffer;
  if (code == "no_slot_opened" || code == "no_slot_possible" || code == "passphrase_needed" ||
      code.startsWith("store_"))
    return kProfileLocked;
  if (code == "wrong_credentials") return kRefused;
  if (code == "relay_missing" || code == "relay_unknown" || code == "bad_address" || code == "insecure_address" ||
      code == "environment_not_set" || code == "file_is_public" || code == "bad_login_file")
    return kUsage;
  if (code.startsWith("tls_")) return kNotReached;
  switch (error.kind) {
    case ErrorKind::Network:
    case ErrorKind::Timeout:
    case ErrorKind::Unavailable:
      return kNotReached;
    case ErrorKind::Unauthorized:
      return kNotSignedIn;
    case ErrorKind::Forbidden:
    case ErrorKind::NotFound:
    case ErrorKind::Conflict:
    case ErrorKind::Untrusted:
    case ErrorKind::RateLimited:
      return kRefused;
    default:
      return kFailed;
  }
}

}  // namespace gx::cli
