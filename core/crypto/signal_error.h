// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/base/error.h"

namespace gx::crypto {

// Error::code of what a session refuses; the table of SECURITY.md 3f says what to do about each.
namespace codes {
inline constexpr char kDuplicateMessage[] = "duplicate_message";    // Conflict: opened before
inline constexpr char kInvalidMessage[] = "invalid_message";        // Corrupt: no state fits, too late, too far, forged
inline constexpr char kNoSession[] = "no_session";                  // NotFound
inline constexpr char kInvalidKeyId[] = "invalid_key_id";           // NotFound: our prekey is gone
inline constexpr char kUntrustedIdentity[] = "untrusted_identity";  // Untrusted: not the key of the manifest
inline constexpr char kUnknownVersion[] = "unknown_version";        // Unsupported
inline constexpr char kBadShape[] = "bad_shape";                    // Invalid: refused before the library saw it
inline constexpr char kReplayedBaseKey[] = "replayed_base_key";     // Conflict: starts a session we no longer have
inline constexpr char kSessionDamaged[] = "session_damaged";        // Corrupt: the stored record; build() replaces it
inline constexpr char kChainExhausted[] = "chain_exhausted";  // Conflict: too many unanswered, build a new session
}  // namespace codes

// What a negative result of the C library means. `action` names the call, for the log.
[[nodiscard]] Error signalError(int result, const char *action);

}  // namespace gx::crypto
