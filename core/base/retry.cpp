// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/base/retry.h"

#include <algorithm>

namespace gx {

Retry::Retry(Random &random, std::chrono::milliseconds first, std::chrono::milliseconds cap)
    : m_random(random), m_first(first), m_cap(cap) {}

std::chrono::milliseconds Retry::next() {
  const int doublings = std::min(m_tries++, 20);
  const std::chrono::milliseconds middle = std::min<std::chrono::milliseconds>(m_cap, m_first * (1LL << doublings));
  const auto span = static_cast<quint64>(middle.count());
  return middle / 2 + std::chrono::milliseconds(static_cast<qint64>(m_random.below(span + 1)));
}

}  // namespace gx
