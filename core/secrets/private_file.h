// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QString>

#include "core/base/result.h"

namespace gx::secrets {

// A small file for its owner's eyes alone. Any thread.

// Error::code of what is not read.
namespace codes {
inline constexpr char kNotFound[] = "file_not_found";  // NotFound
inline constexpr char kPublic[] = "file_is_public";    // Forbidden: others may read or write it
inline constexpr char kUnfit[] = "file_unfit";         // Forbidden: not a regular file, a link, not ours; TooLarge
}  // namespace codes

// With one of the codes above, or Storage.
[[nodiscard]] Result<QByteArray> readPrivateFile(const QString &path, qsizetype maxSize);
// Whole or not at all, also over a power loss: temporary file beside it, fsync, rename, fsync of the folder. Mode 0600.
[[nodiscard]] Result<> writePrivateFile(const QString &path, QByteArrayView bytes);
// Fine when there is none.
[[nodiscard]] Result<> removePrivateFile(const QString &path);

}  // namespace gx::secrets
