// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/cli/prompt.h"

#include <gtest/gtest.h>

#include "tests/app/cli/cli_user.h"

namespace gx::cli {
namespace {

using namespace Qt::StringLiterals;

// Without a terminal, as under a service manager.
class Prompt : public ::testing::Test {
 protected:
  void SetUp() override { test::leaveTerminalAndKeychain(); }
};

TEST_F(Prompt, ConfirmsWithYesAlone) {
  const struct {
    const char *typed;
    bool isYes;
  } cases[] = {{"y\n", true}, {"YES\n", true},    {" yes \n", true}, {"n\n", false},
               {"\n", false}, {"yesss\n", false}, {"", false},       {"j\n", false}};
  for (const auto &one : cases) {
    test::FedInput input;
    ASSERT_TRUE(input.gives(one.typed));
    input.closes();
    EXPECT_EQ(confirm(u"Erase?"_s), one.isYes) << one.typed;
  }
}

TEST_F(Prompt, SaysThatNobodyCanBeAsked) {
  ASSERT_FALSE(hasTerminal());

  EXPECT_EQ(askLine(u"Account:"_s).error().code, "no_terminal");
  EXPECT_EQ(askSecret(u"Password:"_s).error().code, "no_terminal");
  EXPECT_EQ(askPassphrase(true).error().code, "no_terminal");
  EXPECT_EQ(askPassphrase(false).error().code, "no_terminal");
}

}  // namespace
}  // namespace gx::cli
