// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <memory>

#include "core/base/random.h"
#include "core/base/result.h"

struct signal_crypto_provider;

namespace gx::crypto {

// Chance, HMAC-SHA-256, SHA-512 and AES-256 for the C library; the algorithms are fetched once.
class OpensslProvider final {
 public:
  [[nodiscard]] static Result<std::unique_ptr<OpensslProvider>> make(Random &random);
  ~OpensslProvider();
  OpensslProvider(const OpensslProvider &) = delete;
  OpensslProvider &operator=(const OpensslProvider &) = delete;

  // The functions; they point to this object, which must outlive their user.
  void fill(signal_crypto_provider &functions);

 private:
  struct Algorithms;
  OpensslProvider(Random &random, std::unique_ptr<Algorithms> algorithms);

  Random &m_random;
  std::unique_ptr<Algorithms> m_algorithms;
};

}  // namespace gx::crypto
