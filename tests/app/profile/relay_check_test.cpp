// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/profile/relay_check.h"

#include <gtest/gtest.h>

#include "tests/support/await.h"
#include "tests/support/relay_process.h"
#include "tests/support/temp_folder.h"

namespace gx::app {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Outcome = net::CheckResult::Outcome;

class RelayChecking : public ::testing::Test {
 protected:
  Result<QList<net::CheckResult>> checks(const QString &relayUrl, const QByteArray &token = {}) {
    ProfileFile file;
    file.api = relayUrl;
    file.proxy = u"none"_s;
    const std::function<void(const net::CheckResult &)> hears = [this](const net::CheckResult &r) {
      told.append(r.code);
    };
    return test::await(RelayCheck::run(file, token, clock, hears), 30s);
  }
  static net::CheckResult of(const Result<QList<net::CheckResult>> &results, const QByteArray &code) {
    for (const net::CheckResult &result : *results)
      if (result.code == code) return result;
    ADD_FAILURE() << "no check " << code.constData();
    return {};
  }

  SystemClock clock;
  QByteArrayList told;
};

TEST_F(RelayChecking, EachCheckIsToldOnceInOrder) {
  const test::TempFolder folder;
  const test::RelayProcess relay({.folder = folder.path()});

  const auto results = checks(relay.url());

  ASSERT_TRUE(results);
  QByteArrayList codes;
  for (const net::CheckResult &result : *results) codes.append(result.code);
  EXPECT_EQ(told, codes);
  EXPECT_EQ(codes.size(), 10);
  EXPECT_TRUE(std::is_sorted(codes.begin(), codes.end()));
}

TEST_F(RelayChecking, AFalseTokenFailsAtSignInAlone) {
  const test::TempFolder folder;
  const test::RelayProcess relay({.folder = folder.path()});

  const auto results = checks(relay.url(), "no-such-token");

  ASSERT_TRUE(results);
  EXPECT_EQ(of(results, "GX-NET-08").outcome, Outcome::Ok);
  EXPECT_EQ(of(results, "GX-NET-09").outcome, Outcome::Failed);
  EXPECT_EQ(of(results, "GX-NET-09").error.kind, ErrorKind::Unauthorized);
  EXPECT_EQ(of(results, "GX-NET-10").outcome, Outcome::Skipped);
}

TEST_F(RelayChecking, ANameThatIsNoneFailsFirst) {
  const auto results = checks(u"https://nowhere.invalid"_s);

  ASSERT_TRUE(results);
  EXPECT_EQ(results->first().code, "GX-NET-01");
  EXPECT_EQ(results->first().outcome, Outcome::Failed);
  for (qsizetype i = 1; i < results->size(); ++i) EXPECT_EQ(results->at(i).outcome, Outcome::Skipped);
}

TEST_F(RelayChecking, AFileThatCannotBeUsedIsRefusedBeforeAnyCheck) {
  ProfileFile file;
  file.api = u"http://relay.example.org"_s;
  const std::function<void(const net::CheckResult &)> hears = [this](const net::CheckResult &r) {
    told.append(r.code);
  };

  EXPECT_EQ(test::await(RelayCheck::run(file, {}, clock, hears)).error().code, "insecure_address");
  file.api = u"https://relay.example.org"_s;
  file.proxy = u"gopher://x"_s;
  EXPECT_FALSE(test::await(RelayCheck::run(file, {}, clock, hears)));
  EXPECT_TRUE(told.isEmpty());
}

}  // namespace
}  // namespace gx::app
