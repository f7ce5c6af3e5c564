// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/base/random.h"

namespace gx::test {

// The same bytes each run: SplitMix64 from a seed. Never for keys outside tests.
class FixedRandom final : public Random {
 public:
  explicit FixedRandom(quint64 seed = 1) : m_state(seed) {}
  void fill(std::span<std::byte> out) override {
    for (auto &byte : out) byte = static_cast<std::byte>(next() & 0xff);
  }

 private:
  quint64 next() {
    quint64 z = (m_state += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  quint64 m_state;
};

}  // namespace gx::test
