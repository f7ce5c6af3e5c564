// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/base/secret_bytes.h"

#include <string.h>  // explicit_bzero
#include <sys/mman.h>

#include <cstdlib>
#include <utility>

namespace gx {

SecretBytes::SecretBytes(qsizetype size) : m_size(size) {
  if (size == 0) return;
  m_bytes = static_cast<unsigned char *>(std::calloc(1, static_cast<std::size_t>(size)));
  if (!m_bytes) std::abort();
  mlock(m_bytes, static_cast<std::size_t>(size));  // best effort: the limit may be small
}

SecretBytes::SecretBytes(QByteArrayView bytes) : SecretBytes(bytes.size()) {
  if (m_bytes) memcpy(m_bytes, bytes.data(), static_cast<std::size_t>(m_size));
}

SecretBytes::SecretBytes(SecretBytes &&other) noexcept
    : m_bytes(std::exchange(other.m_bytes, nullptr)), m_size(std::exchange(other.m_size, 0)) {}

SecretBytes &SecretBytes::operator=(SecretBytes &&other) noexcept {
  if (this == &other) return *this;
  clear();
  m_bytes = std::exchange(other.m_bytes, nullptr);
  m_size = std::exchange(other.m_size, 0);
  return *this;
}

SecretBytes::~SecretBytes() {
  clear();
}

SecretBytes SecretBytes::taking(QByteArray &source) {
  SecretBytes secret{QByteArrayView(source)};
  explicit_bzero(source.data(), static_cast<std::size_t>(source.size()));
  source.clear();
  return secret;
}

void SecretBytes::clear() {
  if (!m_bytes) return;
  explicit_bzero(m_bytes, static_cast<std::size_t>(m_size));
  munlock(m_bytes, static_cast<std::size_t>(m_size));
  std::free(m_bytes);
  m_bytes = nullptr;
  m_size = 0;
}

}  // namespace gx
