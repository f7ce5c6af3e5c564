// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/secrets/recovery_code.h"

namespace gx::secrets {

namespace {

constexpr char kAlphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr int kCharacters = 32;
constexpr int kGroup = 4;
constexpr int kBitsPerCharacter = 5;
constexpr qsizetype kCodeBytes = kCharacters * kBitsPerCharacter / 8;

int valueOf(QChar character) {
  switch (character.toUpper().unicode()) {
    case u'O':
      return 0;
    case u'I':
    case u'L':
      return 1;
    default:
      break;
  }
  for (int value = 0; value < 32; ++value)
    if (character.toUpper() == QLatin1Char(kAlphabet[value])) return value;
  return -1;
}

bool isFiller(QChar character) {
  return character.isSpace() || character == u'-' || character == u'\u2013';
}

}  // namespace

QString makeRecoveryCode(Random &random) {
  QString code;
  for (int i = 0; i < kCharacters; ++i) {
    if (i > 0 && i % kGroup == 0) code += u'-';
    code += QLatin1Char(kAlphabet[random.below(32)]);
  }
  return code;
}

Result<SecretBytes> parseRecoveryCode(const QString &code) {
  SecretBytes bytes(kCodeBytes);
  int bits = 0;
  for (const QChar character : code) {
    if (isFiller(character)) continue;
    const int value = valueOf(character);
    if (value < 0 || bits == kCharacters * kBitsPerCharacter)
      return fail(ErrorKind::Invalid, "not a recovery code", "code_malformed");
    for (int bit = kBitsPerCharacter - 1; bit >= 0; --bit, ++bits)
      if (value >> bit & 1) bytes.data()[bits / 8] |= static_cast<unsigned char>(0x80 >> (bits % 8));
  }
  if (bits != kCharacters * kBitsPerCharacter) return fail(ErrorKind::Invalid, "not a recovery code", "code_malformed");
  return bytes;
}

}  // namespace gx::secrets
