// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QCryptographicHash>

namespace gx::crypto {

// SHA-256 piece by piece.
class Digest final {
 public:
  void add(QByteArrayView bytes) { m_hash.addData(bytes); }
  // 32 bytes. Starts again afterwards.
  [[nodiscard]] QByteArray take();

 private:
  QCryptographicHash m_hash{QCryptographicHash::Sha256};
};

}  // namespace gx::crypto
