// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArrayView>
#include <optional>

namespace gx::crypto {

struct ProtobufField {
  quint32 number = 0;
  bool isBytes = false;
  quint32 value = 0;       // of a number
  QByteArrayView bytes{};  // of a string, bytes or inner message
};

// Walks the fields of one protobuf message: numbers of 32 bits and byte strings, all that Signal's messages and session
// records hold. Allocates nothing; views point into the input.
class ProtobufReader final {
 public:
  explicit ProtobufReader(QByteArrayView message) : m_rest(message) {}

  // The next field; nothing at the end or when the input is not well-formed.
  [[nodiscard]] std::optional<ProtobufField> next();
  [[nodiscard]] bool hasFailed() const { return m_hasFailed; }

 private:
  [[nodiscard]] std::optional<quint32> readNumber();
  std::optional<ProtobufField> failed();

  QByteArrayView m_rest;
  bool m_hasFailed = false;
};

}  // namespace gx::crypto
