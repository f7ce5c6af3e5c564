// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/base/bytes.h"

#include <QCryptographicHash>
#include <QtEndian>

namespace gx {

namespace {

std::optional<QByteArray> decode(QByteArrayView text, QByteArray::Base64Options options) {
  const QByteArray copy = text.toByteArray();
  auto decoded = QByteArray::fromBase64Encoding(copy, options | QByteArray::AbortOnBase64DecodingErrors);
  if (decoded.decodingStatus != QByteArray::Base64DecodingStatus::Ok) return std::nullopt;
  if (decoded.decoded.toBase64(options) != copy) return std::nullopt;  // one text for each value
  return decoded.decoded;
}

}  // namespace

std::optional<QByteArray> fromBase64(QByteArrayView text) {
  return decode(text, QByteArray::Base64Encoding);
}

QByteArray toBase64Url(const QByteArray &bytes) {
  return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

std::optional<QByteArray> fromBase64Url(QByteArrayView text) {
  return decode(text, QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

bool constantTimeEqual(QByteArrayView a, QByteArrayView b) {
  if (a.size() != b.size()) return false;
  unsigned difference = 0;
  for (qsizetype i = 0; i < a.size(); ++i) difference |= static_cast<unsigned char>(a[i] ^ b[i]);
  return difference == 0;
}

QByteArray sha256(QByteArrayView bytes) {
  QCryptographicHash hash(QCryptographicHash::Sha256);
  hash.addData(bytes);
  return hash.result();
}

void appendField(QByteArray &out, QByteArrayView field) {
  const auto size = qToBigEndian(static_cast<quint32>(field.size()));
  out.append(reinterpret_cast<const char *>(&size), sizeof size);
  out.append(field);
}

void appendNumber(QByteArray &out, quint64 number) {
  const auto big = qToBigEndian(number);
  out.append(reinterpret_cast<const char *>(&big), sizeof big);
}

}  // namespace gx
