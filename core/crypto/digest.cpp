// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/crypto/digest.h"

namespace gx::crypto {

QByteArray Digest::take() {
  QByteArray hash = m_hash.result();
  m_hash.reset();
  return hash;
}

}  // namespace gx::crypto
