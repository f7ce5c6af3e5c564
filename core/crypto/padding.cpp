// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/crypto/padding.h"

namespace gx::crypto {

namespace {

constexpr qsizetype kSmallStep = 160;
constexpr qsizetype kSmallLimit = 960;
constexpr qsizetype kLargeStep = 1024;
constexpr char kMark = '\x80';

qsizetype roundedUp(qsizetype size, qsizetype step) {
  return (size + step - 1) / step * step;
}

}  // namespace

qsizetype paddedSize(qsizetype plaintextSize) {
  const qsizetype small = roundedUp(plaintextSize + 1, kSmallStep);
  return small <= kSmallLimit ? small : roundedUp(plaintextSize + 1, kLargeStep);
}

QByteArray pad(QByteArrayView plaintext) {
  QByteArray padded;
  padded.reserve(paddedSize(plaintext.size()));
  padded.append(plaintext);
  padded.append(kMark);
  padded.append(paddedSize(plaintext.size()) - padded.size(), '\0');
  return padded;
}

Result<QByteArray> unpad(QByteArrayView padded) {
  qsizetype end = padded.size();
  while (end > 0 && padded[end - 1] == '\0') --end;
  if (end == 0 || padded[end - 1] != kMark) return fail(ErrorKind::Invalid, "padding without its mark");
  if (paddedSize(end - 1) != padded.size()) return fail(ErrorKind::Invalid, "padding to another size");
  return padded.first(end - 1).toByteArray();
}

}  // namespace gx::crypto
