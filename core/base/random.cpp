// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/base/random.h"

#include <sys/random.h>

#include <cerrno>
#include <cstdlib>

namespace gx {

QByteArray Random::bytes(qsizetype count) {
  QByteArray out(count, Qt::Uninitialized);
  fill(std::as_writable_bytes(std::span(out.data(), static_cast<std::size_t>(count))));
  return out;
}

quint64 Random::number() {
  quint64 value = 0;
  fill(std::as_writable_bytes(std::span(&value, 1)));
  return value;
}

quint64 Random::below(quint64 bound) {
  Q_ASSERT(bound > 0);
  const quint64 limit = ~quint64{0} - (~quint64{0} % bound);  // numbers above would favour the small remainders
  quint64 value = number();
  while (value >= limit) value = number();
  return value % bound;
}

void OsRandom::fill(std::span<std::byte> out) {
  while (!out.empty()) {
    const ssize_t got = getrandom(out.data(), out.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) std::abort();  // no randomness: nothing we make would be safe
    out = out.subspan(static_cast<std::size_t>(got));
  }
}

}  // namespace gx
