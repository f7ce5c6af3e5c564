// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <signal_protocol.h>

#include <QByteArray>
#include <memory>
#include <utility>

// For core/crypto alone: owners of the C library's objects.
namespace gx::crypto {

[[nodiscard]] inline const unsigned char *octets(QByteArrayView bytes) {
  static constexpr unsigned char kNothing = 0;  // the library aborts on null, also when the length is 0
  return bytes.isEmpty() ? &kNothing : reinterpret_cast<const unsigned char *>(bytes.data());
}
[[nodiscard]] inline std::size_t length(QByteArrayView bytes) {
  return static_cast<std::size_t>(bytes.size());
}

// One reference to a counted object: `SignalRef<ec_public_key> key; curve_decode_point(key.out(), …)`.
template <typename T>
class SignalRef final {
 public:
  SignalRef() = default;
  explicit SignalRef(T *object) : m_object(object) {}
  SignalRef(SignalRef &&other) noexcept : m_object(std::exchange(other.m_object, nullptr)) {}
  SignalRef &operator=(SignalRef &&other) noexcept {
    std::swap(m_object, other.m_object);
    return *this;
  }
  SignalRef(const SignalRef &) = delete;
  SignalRef &operator=(const SignalRef &) = delete;
  ~SignalRef() {
    if (m_object) signal_type_unref(reinterpret_cast<signal_type_base *>(m_object));
  }

  [[nodiscard]] T *get() const { return m_object; }
  [[nodiscard]] T **out() { return &m_object; }

 private:
  T *m_object = nullptr;
};

// A buffer the library gave us; zeroed when it goes.
class SignalBuffer final {
 public:
  SignalBuffer() = default;
  explicit SignalBuffer(signal_buffer *buffer) : m_buffer(buffer) {}
  SignalBuffer(const SignalBuffer &) = delete;
  SignalBuffer &operator=(const SignalBuffer &) = delete;
  ~SignalBuffer() {
    if (m_buffer) signal_buffer_bzero_free(m_buffer);
  }

  [[nodiscard]] signal_buffer **out() { return &m_buffer; }
  [[nodiscard]] QByteArrayView view() const { return viewOf(m_buffer); }
  [[nodiscard]] QByteArray bytes() const { return view().toByteArray(); }

  [[nodiscard]] static QByteArrayView viewOf(const signal_buffer *buffer) {
    if (!buffer) return {};
    return {signal_buffer_const_data(buffer), static_cast<qsizetype>(signal_buffer_len(buffer))};
  }

 private:
  signal_buffer *m_buffer = nullptr;
};

}  // namespace gx::crypto
