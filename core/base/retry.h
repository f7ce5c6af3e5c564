// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <chrono>

#include "core/base/random.h"

namespace gx {

// Delays between tries: first, doubled each time up to the cap, each ± half by chance so that many clients do not come
// back at once.
class Retry final {
 public:
  Retry(Random &random, std::chrono::milliseconds first, std::chrono::milliseconds cap);

  [[nodiscard]] std::chrono::milliseconds next();
  void reset() { m_tries = 0; }
  [[nodiscard]] int tries() const { return m_tries; }

 private:
  Random &m_random;
  std::chrono::milliseconds m_first;
  std::chrono::milliseconds m_cap;
  int m_tries = 0;
};

}  // namespace gx
