// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <cstddef>
#include <span>

namespace gx {

// The only source of chance. Any thread.
class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<std::byte> out) = 0;

  [[nodiscard]] QByteArray bytes(qsizetype count);
  [[nodiscard]] quint64 number();
  // Even in [0, bound); bound > 0.
  [[nodiscard]] quint64 below(quint64 bound);
};

// getrandom(2).
class OsRandom final : public Random {
 public:
  void fill(std::span<std::byte> out) override;
};

}  // namespace gx
