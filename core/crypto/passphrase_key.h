// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/base/result.h"
#include "core/base/secret_bytes.h"

namespace gx::crypto {

inline constexpr qsizetype kPassphraseSaltSize = 16;

// How dear a guess is (Argon2id); kept beside what the key opens.
struct PassphraseCost {
  quint64 operations = 3;
  quint64 memoryBytes = 256 * 1024 * 1024;  // about half a second

  [[nodiscard]] static PassphraseCost moderate() { return {}; }
  bool operator==(const PassphraseCost &) const = default;
};

// Passphrase and salt to a key of 32 bytes. Invalid if the cost is outside of what we ever wrote (so that a changed
// file cannot take all memory), Full if the memory is not there.
[[nodiscard]] Result<SecretBytes> passphraseKey(const SecretBytes &passphrase, QByteArrayView salt,
                                                const PassphraseCost &cost);

}  // namespace gx::crypto
