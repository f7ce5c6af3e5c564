// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/base/bytes.h"

#include <QCryptographicHash>
#include <QtEndian>
#include <array>

namespace gx {

namespace {

constexpr char kAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr char kUrlAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr quint32 kNoDigit = 0x80000000U;  // survives shifts and ors: one look at the end of four digits

using DigitTable = std::array<quint32, 256>;

constexpr DigitTable digitsOf(const char (&alphabet)[65]) {
  DigitTable table{};
  table.fill(kNoDigit);
  for (quint32 digit = 0; digit < 64; ++digit) table[static_cast<unsigned char>(alphabet[digit])] = digit;
  return table;
}

// `text` has no padding. One text for each value: bits that do not count must be 0. Qt's decoder takes more than that,
// and costs several times as much; every envelope goes through here.
std::optional<QByteArray> decode(QByteArrayView text, const DigitTable &digits) {
  const qsizetype rest = text.size() % 4;
  if (rest == 1) return std::nullopt;
  const auto digit = [&](qsizetype at) { return digits[static_cast<unsigned char>(text[at])]; };
  QByteArray bytes(text.size() / 4 * 3 + (rest > 0 ? rest - 1 : 0), Qt::Uninitialized);
  char *out = bytes.data();
  quint32 seen = 0;
  qsizetype at = 0;
  for (; at + 4 <= text.size(); at += 4) {
    const quint32 first = digit(at), second = digit(at + 1), third = digit(at + 2), fourth = digit(at + 3);
    seen |= first | second | third | fourth;
    const quint32 value = first << 18 | second << 12 | third << 6 | fourth;
    *out++ = static_cast<char>(value >> 16);
    *out++ = static_cast<char>(value >> 8);
    *out++ = static_cast<char>(value);
  }
  if (rest > 0) {
    const quint32 first = digit(at), second = digit(at + 1), third = rest == 3 ? digit(at + 2) : 0;
    seen |= first | second | third;
    const quint32 value = first << 18 | second << 12 | third << 6;
    if ((value & (rest == 3 ? 0xFFU : 0xFFFFU)) != 0) return std::nullopt;
    *out++ = static_cast<char>(value >> 16);
    if (rest == 3) *out++ = static_cast<char>(value >> 8);
  }
  if ((seen & kNoDigit) != 0) return std::nullopt;
  return bytes;
}

}  // namespace

std::optional<QByteArray> fromBase64(QByteArrayView text) {
  static constexpr DigitTable kDigits = digitsOf(kAlphabet);
  if (text.size() % 4 != 0) return std::nullopt;
  if (text.endsWith('=')) text.chop(text.endsWith("==") ? 2 : 1);
  return decode(text, kDigits);
}

QByteArray toBase64Url(const QByteArray &bytes) {
  return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

std::optional<QByteArray> fromBase64Url(QByteArrayView text) {
  static constexpr DigitTable kDigits = digitsOf(kUrlAlphabet);
  return decode(text, kDigits);
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
