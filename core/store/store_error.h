// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/base/result.h"

struct sqlite3;

namespace gx::store {

// Error::code of what a store refuses.
namespace codes {
inline constexpr char kUnreadable[] = "store_unreadable";  // Untrusted: another key, damaged first page, or not ours
inline constexpr char kCorrupt[] = "store_corrupt";        // Corrupt
inline constexpr char kNewer[] = "store_newer";            // Unsupported: written by a later version
inline constexpr char kReadOnly[] = "store_read_only";     // Storage
inline constexpr char kDiskFull[] = "disk_full";           // Full
inline constexpr char kBusy[] = "store_busy";              // Locked: another process
inline constexpr char kPlain[] = "store_plain";            // Internal: the cipher is not active; nothing was written
}  // namespace codes

// A result code of the database as an Error. `doing` names the act, never data; the library's own text is left out,
// since it may quote what was bound.
// `systemError`: errno of the failed call, 0 if not known; tells a full disk from other failed writes.
[[nodiscard]] Error storeError(int resultCode, QByteArrayView doing, int systemError = 0);

}  // namespace gx::store
