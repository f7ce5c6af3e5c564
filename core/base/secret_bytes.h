// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <memory>

namespace gx {

// Key material: move-only, zeroed when it goes, kept out of swap and core dumps where the system lets us, not
// printable.
class SecretBytes final {
 public:
  SecretBytes() = default;
  explicit SecretBytes(qsizetype size);
  explicit SecretBytes(QByteArrayView bytes);
  SecretBytes(SecretBytes &&other) noexcept;
  SecretBytes &operator=(SecretBytes &&other) noexcept;
  SecretBytes(const SecretBytes &) = delete;
  SecretBytes &operator=(const SecretBytes &) = delete;
  ~SecretBytes();

  // Copies, then zeroes the source, which must not be shared.
  [[nodiscard]] static SecretBytes taking(QByteArray &source);

  [[nodiscard]] unsigned char *data() { return m_bytes; }
  [[nodiscard]] const unsigned char *data() const { return m_bytes; }
  [[nodiscard]] qsizetype size() const { return m_size; }
  [[nodiscard]] bool isEmpty() const { return m_size == 0; }
  [[nodiscard]] QByteArrayView view() const { return {m_bytes, m_size}; }
  [[nodiscard]] SecretBytes copy() const { return SecretBytes(view()); }

 private:
  void clear();

  unsigned char *m_bytes = nullptr;
  qsizetype m_size = 0;
};

}  // namespace gx
