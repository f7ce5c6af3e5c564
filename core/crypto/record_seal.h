// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <memory>

#include "core/base/result.h"
#include "core/base/secret_bytes.h"

namespace gx::crypto {

enum class RecordType : quint8 { Session = 1, PreKey = 2, SignedPreKey = 3, LastResortPreKey = 4 };

// The tag around every record of the C library at rest: it crashes on damaged ones (SECURITY.md M10), so it never sees
// bytes whose HMAC is wrong or that belong to another place.
//
//   "GXR" | version 1 | type 1 | length 4 BE | payload | HMAC-SHA-256(key, all before, place) 32
//
// One thread, as the vault.
class RecordSeal final {
 public:
  static constexpr qsizetype kKeySize = 32;

  explicit RecordSeal(const SecretBytes &key);
  ~RecordSeal();
  RecordSeal(const RecordSeal &) = delete;
  RecordSeal &operator=(const RecordSeal &) = delete;

  // `place` says whose record it is: an address, a key id.
  [[nodiscard]] QByteArray seal(RecordType type, QByteArrayView place, QByteArrayView payload) const;
  // Corrupt if anything is not as seal() made it.
  [[nodiscard]] Result<QByteArray> open(RecordType type, QByteArrayView place, QByteArrayView sealed) const;

 private:
  class Mac;
  [[nodiscard]] QByteArray tag(QByteArrayView body, QByteArrayView place) const;

  std::unique_ptr<Mac> m_mac;
};

}  // namespace gx::crypto
