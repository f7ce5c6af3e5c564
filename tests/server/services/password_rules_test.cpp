// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/services/password_rules.h"

#include <gtest/gtest.h>

namespace gx::test {

using server::services::acceptablePassword;
using server::services::normalPassword;

TEST(PasswordRules, CountCodePointsNotBytes) {
  const QByteArray umlaut = "\xc3\xbc";
  const QByteArray face = "\xf0\x9f\x98\x80";

  EXPECT_FALSE(acceptablePassword((umlaut + 'a').repeated(5) + 'b'));  // 11, in 16 bytes
  EXPECT_TRUE(acceptablePassword((umlaut + 'a').repeated(6)));
  EXPECT_TRUE(acceptablePassword((face + 'a').repeated(6)));  // a surrogate pair is one
  EXPECT_TRUE(acceptablePassword((face + 'a').repeated(64)));
  EXPECT_FALSE(acceptablePassword((face + 'a').repeated(64) + 'b'));
}

TEST(PasswordRules, CountAfterComposing) {
  const QByteArray composed = "\xc3\xa9";
  const QByteArray decomposed = "e\xcc\x81";

  EXPECT_FALSE(acceptablePassword((decomposed + 'a').repeated(5) + 'b'));  // 16 as typed, 11 as composed
  EXPECT_EQ(normalPassword(decomposed).value(), composed);
  EXPECT_EQ(normalPassword(composed).value(), composed);
}

TEST(PasswordRules, RefuseWhatIsEasyToGuess) {
  for (const char *password :
       {"aaaaaaaaaaaaaaaa", "            ", "abcdefghijklm", "mlkjihgfedcba", "123456789012", "012345678901",
        "password1234", "PASSWORD1234", "QwertyUiop123", "Correct Horse Battery Staple", "testpassword123"}) {
    const auto refused = acceptablePassword(password);
    ASSERT_FALSE(refused) << password;
    EXPECT_EQ(refused.error().code, "invalid_password");
    EXPECT_FALSE(refused.error().detail.contains(password));
  }
}

TEST(PasswordRules, TakeSpacesAndLongSentencesAsTheyAre) {
  const QByteArray sentence = "  my cat has 7 lives and 2 tails  ";

  EXPECT_EQ(acceptablePassword(sentence).value(), sentence);
}

TEST(PasswordRules, RefuseWhatIsNoText) {
  EXPECT_FALSE(normalPassword(QByteArray("\xc3\x28", 2)));
  EXPECT_FALSE(normalPassword(QByteArray("\xed\xa0\x80", 3)));  // a lone surrogate
  EXPECT_FALSE(normalPassword(QByteArray("a\0b", 3)));
  EXPECT_FALSE(normalPassword(QByteArray(5000, 'x')));
  EXPECT_TRUE(normalPassword(QByteArray("short")));  // the length is a rule for new ones only
}

}  // namespace gx::test
