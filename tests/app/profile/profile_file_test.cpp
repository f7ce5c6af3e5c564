// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/profile/profile_file.h"

#include <gtest/gtest.h>

#include <QFile>

#include "tests/support/temp_folder.h"

namespace gx::app {
namespace {

using namespace Qt::StringLiterals;

RelayChoice relay(const QString &text) {
  return {text, {}, {}};
}

TEST(ProfileFile, MainNetIsTheWalletsHouse) {
  const auto file = ProfileFile().with(relay(u"mainnet"_s));

  ASSERT_TRUE(file);
  EXPECT_EQ(file->environment, u"mainnet"_s);
  EXPECT_EQ(file->api, u"https://api.gxcoin.money"_s);
  EXPECT_EQ(file->wallet, u"https://wallet.gxcoin.money"_s);
}

TEST(ProfileFile, SurvivesItsFile) {
  const test::TempFolder folder;
  const auto file = ProfileFile().with(relay(u"http://127.0.0.1:3007"_s));
  ASSERT_TRUE(file);

  ASSERT_TRUE(file->write(folder.path()));

  EXPECT_EQ(ProfileFile::read(folder.path()).value(), *file);
  EXPECT_EQ(QFile::permissions(folder.file(u"profile.json"_s)) & (QFileDevice::ReadGroup | QFileDevice::ReadOther),
            QFileDevice::Permissions());
}

TEST(ProfileFile, RefusesWhatIsNoRelay) {
  EXPECT_EQ(ProfileFile().with(RelayChoice()).error().code, "relay_missing");
  EXPECT_EQ(ProfileFile().with(relay(u"mianet"_s)).error().code, "relay_unknown");
  EXPECT_EQ(ProfileFile().with(relay(u"testnet"_s)).error().code, "environment_not_set");
  EXPECT_EQ(ProfileFile().with(relay(u"http://relay.example.org"_s)).error().code, "insecure_address");
  EXPECT_EQ(ProfileFile().with(relay(u"ftp://relay.example.org"_s)).error().code, "bad_address");
  EXPECT_EQ(ProfileFile().with({u"local"_s, u"/nonexistent.pem"_s, {}}).error().kind, ErrorKind::NotFound);
  EXPECT_FALSE(ProfileFile().with({u"local"_s, {}, u"gopher://x"_s}));
}

TEST(ProfileFile, ALaterChoiceKeepsTheRest) {
  const auto first = ProfileFile().with({u"local"_s, {}, u"none"_s});
  ASSERT_TRUE(first);

  const auto second = first->with(relay(u"https://relay.example.org"_s));

  ASSERT_TRUE(second);
  EXPECT_EQ(second->proxy, u"none"_s);
  EXPECT_EQ(second->environment, u"custom"_s);
  EXPECT_EQ(first->with(RelayChoice()).value(), *first);
}

TEST(ProfileFile, TellsDamagedFromNewer) {
  const test::TempFolder folder;
  EXPECT_EQ(ProfileFile::read(folder.path()).error().code, "no_profile");
  const auto content = [&](const QByteArray &text) {
    QFile file(folder.file(u"profile.json"_s));
    EXPECT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(text);
  };
  content("not json");
  EXPECT_EQ(ProfileFile::read(folder.path()).error().code, "profile_damaged");
  content(R"({"version":2,"api":"http://127.0.0.1"})");
  EXPECT_EQ(ProfileFile::read(folder.path()).error().code, "profile_newer");
  content(R"({"version":1})");
  EXPECT_EQ(ProfileFile::read(folder.path()).error().code, "profile_damaged");
}

}  // namespace
}  // namespace gx::app
