// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/base/bytes.h"

#include <gtest/gtest.h>

#include <cctype>

namespace gx {
namespace {

TEST(Base64, HasOneTextForEachValue) {
  EXPECT_EQ(fromBase64("aGk="), QByteArray("hi"));
  EXPECT_EQ(fromBase64(""), QByteArray());
  for (const QByteArrayView text : {"aGk", "aGl=", "aG k=", "aGk=\n", "a-_=", "aGk==", "===="})
    EXPECT_FALSE(fromBase64(text)) << text.data();
}

TEST(Base64, ReadsWhatQtWritesAtEveryLength) {
  QByteArray bytes;
  for (int length = 0; length < 70; ++length) {
    EXPECT_EQ(fromBase64(toBase64(bytes)), bytes) << length;
    EXPECT_EQ(fromBase64Url(toBase64Url(bytes)), bytes) << length;
    bytes += static_cast<char>(length * 37 + 11);
  }
}

TEST(Base64, RefusesEveryOtherByteAtEveryPlace) {
  const QByteArray right = "AAECAwQFBgcICQ==";
  for (qsizetype place = 0; place < right.size() - 2; ++place) {
    for (int byte = 0; byte < 256; ++byte) {
      QByteArray text = right;
      text[place] = static_cast<char>(byte);
      const auto decoded = fromBase64(text);
      if (decoded) EXPECT_EQ(toBase64(*decoded), text) << "another text for the same value";
      const bool isDigit = (byte < 128 && std::isalnum(byte) != 0) || byte == '+' || byte == '/';
      if (!isDigit) EXPECT_FALSE(decoded) << byte;
    }
  }
  EXPECT_FALSE(fromBase64("A==="));
  EXPECT_FALSE(fromBase64("A=AA"));
  EXPECT_FALSE(fromBase64("AAB="));
  EXPECT_FALSE(fromBase64Url("A"));
  EXPECT_FALSE(fromBase64Url("AB"));
}

TEST(Base64Url, IsWithoutPadding) {
  const QByteArray bytes("\xff\xfe\xfd\xfc", 4);

  EXPECT_EQ(toBase64Url(bytes), "__79_A");
  EXPECT_EQ(fromBase64Url("__79_A"), bytes);
  EXPECT_FALSE(fromBase64Url("__79_A=="));
  EXPECT_FALSE(fromBase64Url("//79/A"));
}

TEST(ConstantTimeEqual, ComparesEveryByte) {
  EXPECT_TRUE(constantTimeEqual("", ""));
  EXPECT_TRUE(constantTimeEqual("secret", "secret"));
  EXPECT_FALSE(constantTimeEqual("secret", "Secret"));
  EXPECT_FALSE(constantTimeEqual("secret", "secreT"));
  EXPECT_FALSE(constantTimeEqual("secret", "secre"));
}

TEST(Sha256, MatchesTheStandard) {
  EXPECT_EQ(sha256("abc").toHex(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");  // FIPS 180-2 B.1
}

TEST(Fields, CannotBeMistakenForOneAnother) {
  QByteArray one;
  appendField(one, "ab");
  appendField(one, "c");
  QByteArray other;
  appendField(other, "a");
  appendField(other, "bc");

  EXPECT_NE(one, other);
  EXPECT_EQ(one.toHex(),
            "00000002"
            "6162"
            "00000001"
            "63");
}

TEST(Numbers, AreEightBytesBigEndian) {
  QByteArray out;
  appendNumber(out, 0x0102030405060708);

  EXPECT_EQ(out.toHex(), "0102030405060708");
}

}  // namespace
}  // namespace gx
