// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>

namespace gx::server::net {

// One RFC 6455 server frame, encoded once and queued for any number of recipients: the bytes are shared, not copied.
class SharedFrame final {
 public:
  [[nodiscard]] static SharedFrame text(QByteArrayView payload) { return encode(payload, false); }
  [[nodiscard]] static SharedFrame binary(QByteArrayView payload) { return encode(payload, true); }

  [[nodiscard]] const QByteArray &bytes() const { return m_bytes; }
  [[nodiscard]] QByteArrayView payload() const { return QByteArrayView(m_bytes).sliced(m_headerSize); }
  [[nodiscard]] bool isBinary() const { return m_binary; }

 private:
  [[nodiscard]] static SharedFrame encode(QByteArrayView payload, bool isBinary);
  SharedFrame(QByteArray bytes, qsizetype headerSize, bool binary)
      : m_bytes(std::move(bytes)), m_headerSize(headerSize), m_binary(binary) {}

  QByteArray m_bytes;
  qsizetype m_headerSize;
  bool m_binary;
};

}  // namespace gx::server::net
