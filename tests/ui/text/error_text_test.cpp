// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "ui/text/error_text.h"

#include <gtest/gtest.h>

#include <set>

namespace gx::text {
namespace {

using namespace Qt::StringLiterals;

TEST(ErrorText, EveryKindHasWordsOfItsOwn) {
  std::set<QString> words;
  for (int kind = 0; kind <= static_cast<int>(ErrorKind::Internal); ++kind) {
    const ErrorText text = errorText(Error{static_cast<ErrorKind>(kind), {}});
    EXPECT_FALSE(text.what.isEmpty()) << kind;
    EXPECT_TRUE(text.what.endsWith(u'.')) << text.what.toStdString();
    words.insert(text.what);
  }
  EXPECT_EQ(words.size(), static_cast<std::size_t>(ErrorKind::Internal) + 1);
}

TEST(ErrorText, ACodeSaysMoreThanItsKind) {
  const ErrorText byCode = errorText(Error{ErrorKind::Unauthorized, {}, "wrong_credentials"});
  const ErrorText byKind = errorText(Error{ErrorKind::Unauthorized, {}});

  EXPECT_NE(byCode, byKind);
  EXPECT_TRUE(byCode.what.contains(u"password"_s));
}

TEST(ErrorText, AnUnknownCodeFallsBackToItsKind) {
  EXPECT_EQ(errorText(Error{ErrorKind::Timeout, {}, "something_new"}), errorText(Error{ErrorKind::Timeout, {}}));
}

TEST(ErrorText, NeverShowsTheDetailForDevelopers) {
  const QString line = errorLine(Error{ErrorKind::Storage, "rc 26 at page 7"});

  EXPECT_FALSE(line.contains(u"rc 26"_s));
}

TEST(ErrorText, TheThreeCertificateFaultsAreToldApart) {
  std::set<QString> words;
  for (const char *code : {"tls_untrusted", "tls_wrong_name", "tls_expired", "tls_pin_broken"})
    words.insert(errorText(Error{ErrorKind::Untrusted, {}, code}).what);

  EXPECT_EQ(words.size(), 4U);
}

}  // namespace
}  // namespace gx::text
