// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/cli/verbs.h"

#include <gtest/gtest.h>

namespace gx::cli {
namespace {

using namespace Qt::StringLiterals;

TEST(Verbs, EveryOneStandsInTheHelp) {
  const QString help = helpText();

  for (const VerbInfo &verb : allVerbs()) {
    EXPECT_TRUE(help.contains(u"\n  "_s + QLatin1String(verb.name))) << verb.name;
    EXPECT_LE(verb.least, verb.most);
    EXPECT_EQ(findVerb(QLatin1String(verb.name)), &verb);
  }
  EXPECT_EQ(findVerb(u"sned"_s), nullptr);
}

TEST(Verbs, HelpNamesExitCodesAndOptions) {
  const QString help = helpText();

  for (const char *word : {"3 queued", "4 profile in use", "--passphrase-file", "--login-file", "--json", "--digits",
                           "10 the digits differ"})
    EXPECT_TRUE(help.contains(QString::fromUtf8(word))) << word;
}

}  // namespace
}  // namespace gx::cli
