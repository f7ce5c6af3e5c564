// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QList>
#include <algorithm>

namespace gx::fuzz {

// Stops the fuzzer, which keeps the input.
inline void require(bool holds) {
  if (!holds) __builtin_trap();
}

// What libFuzzer made, read from the front: some bytes that choose, then the matter.
class FuzzInput final {
 public:
  FuzzInput(const unsigned char *data, size_t size) : m_rest(data, static_cast<qsizetype>(size)) {}

  [[nodiscard]] bool isEmpty() const { return m_rest.isEmpty(); }
  [[nodiscard]] QByteArrayView rest() const { return m_rest; }
  // 0 at the end.
  [[nodiscard]] quint8 byte() {
    if (m_rest.isEmpty()) return 0;
    const auto first = static_cast<quint8>(m_rest.front());
    m_rest = m_rest.sliced(1);
    return first;
  }
  // All before the next `separator`, which is taken too; all that is left if there is none.
  [[nodiscard]] QByteArrayView upTo(char separator) {
    const qsizetype end = m_rest.indexOf(separator);
    const QByteArrayView part = end < 0 ? m_rest : m_rest.first(end);
    m_rest = end < 0 ? QByteArrayView() : m_rest.sliced(end + 1);
    return part;
  }

 private:
  QByteArrayView m_rest;
};

// Calls `take(begin, end)` with one piece of `bytes` after the other until it says false. Each piece is a block of its
// own that is freed after the call: the sanitizer sees a reader that holds on to it or goes past its end.
template <typename Take>
void inPieces(QByteArrayView bytes, qsizetype pieceSize, Take take) {
  for (qsizetype start = 0; start < bytes.size(); start += pieceSize) {
    QByteArray piece = bytes.sliced(start, std::min(pieceSize, bytes.size() - start)).toByteArray();
    if (!take(piece.data(), piece.data() + piece.size())) return;
  }
}

inline constexpr qsizetype kUncut = qsizetype{1} << 40;

}  // namespace gx::fuzz
