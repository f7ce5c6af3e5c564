// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QString>

#include "core/base/secret_bytes.h"

namespace gx::test {

// What whoever has the key can read in a store's file, free pages and their leftovers included: every page decrypted,
// one after the other. By our own reading of SQLCipher 3 (AES-256-CBC, pages of 4096 bytes with 48 in reserve that
// begin with the IV, a salt in the first 16 bytes of the file): the library itself shows only what is still in use.
[[nodiscard]] QByteArray plainPages(const QString &file, const SecretBytes &key);
// The same for the pages in its write-ahead log, frames of transactions long gone included.
[[nodiscard]] QByteArray plainLog(const QString &file, const SecretBytes &key);

}  // namespace gx::test
