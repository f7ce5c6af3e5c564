// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/cli/check_verb.h"

#include <gtest/gtest.h>

#include "app/cli/exit_code.h"
#include "tests/app/cli/cli_user.h"
#include "tests/support/relay_process.h"

namespace gx::cli {
namespace {

using namespace Qt::StringLiterals;
using test::CliUser;

class CheckVerb : public ::testing::Test {
 protected:
  static QString outcome(const CliUser::Said &said, const QString &code) {
    for (const QJsonObject &check : said.events(u"check"_s))
      if (check[u"code"_s].toString() == code) return check[u"outcome"_s].toString();
    return {};
  }

  test::TempFolder folder;
  test::RelayProcess relay{{.folder = folder.path()}};
  CliUser alice{relay.url(), "alice@example.org"};
};

TEST_F(CheckVerb, NeedsNoProfile) {
  const auto said = CliUser::Running({u"check"_s, u"--json"_s, u"--relay"_s, relay.url()}).ends();

  EXPECT_EQ(said.code, kOk) << said.output.constData();
  EXPECT_EQ(outcome(said, u"GX-NET-05"_s), u"ok"_s);
  EXPECT_EQ(outcome(said, u"GX-NET-09"_s), u"skipped"_s);
}

TEST_F(CheckVerb, ASignedInProfileIsCheckedToTheEnd) {
  ASSERT_EQ(alice.registers().code, kOk);

  const auto said = alice.asks({u"check"_s});

  EXPECT_EQ(said.code, kOk) << said.output.constData();
  EXPECT_EQ(outcome(said, u"GX-NET-09"_s), u"ok"_s);
  EXPECT_EQ(outcome(said, u"GX-NET-10"_s), u"ok"_s);
  EXPECT_TRUE(alice.runs({u"check"_s}).output.contains("GX-NET-10  ok"));
}

TEST_F(CheckVerb, AClosedPortFailsAtTheRouteInWords) {
  relay.stop();

  const auto said = CliUser::Running({u"check"_s, u"--json"_s, u"--relay"_s, relay.url()}).ends();

  EXPECT_EQ(said.code, kNotReached);
  EXPECT_EQ(outcome(said, u"GX-NET-01"_s), u"skipped"_s);
  EXPECT_EQ(outcome(said, u"GX-NET-02"_s), u"failed"_s);
  EXPECT_EQ(outcome(said, u"GX-NET-04"_s), u"skipped"_s);
  const auto read = CliUser::Running({u"check"_s, u"--relay"_s, relay.url()}).ends();
  EXPECT_TRUE(read.output.contains("Nobody answers at the relay's address.")) << read.output.constData();
}

TEST_F(CheckVerb, WithoutAnyRelayThereIsNothingToCheck) {
  const auto said = CliUser::Running({u"check"_s, u"--json"_s}).ends();

  EXPECT_NE(said.code, kOk);
  EXPECT_EQ(said.event(u"error"_s)[u"code"_s].toString(), u"relay_missing"_s);
}

}  // namespace
}  // namespace gx::cli
