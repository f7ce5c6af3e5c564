// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/net/environments.h"

#include <gtest/gtest.h>

#include <QFile>

#include "tests/support/temp_folder.h"

namespace gx::net {

using namespace Qt::StringLiterals;

namespace {

QString iniFile(const test::TempFolder &folder, const QByteArray &text) {
  QFile file(folder.file(u"environments.ini"_s));
  EXPECT_TRUE(file.open(QIODevice::WriteOnly));
  file.write(text);
  return file.fileName();
}

}  // namespace

TEST(Environments, AreTheFourOfGxAndCustom) {
  QList<QByteArray> ids;
  for (const Environment &environment : environments()) ids.append(environment.id);

  EXPECT_EQ(ids, (QList<QByteArray>{"mainnet", "testnet", "devnet", "local", "custom"}));
}

TEST(Environments, KnowWhereMainNetAnswers) {
  const auto mainNet = findEnvironment(environments(), "mainnet");

  ASSERT_TRUE(mainNet);
  EXPECT_EQ(mainNet->name, u"GX MainNet"_s);
  const auto address = mainNet->address();
  ASSERT_TRUE(address);
  EXPECT_EQ(address->wallet(), QUrl(u"https://wallet.gxcoin.money"_s));
  EXPECT_EQ(address->api(), QUrl(u"https://api.gxcoin.money"_s));
  EXPECT_EQ(address->realtime(), QUrl(u"https://api.gxcoin.money/socket.io/"_s));
}

TEST(Environments, KnowTheLocalRelay) {
  EXPECT_EQ(findEnvironment(environments(), "local")->address()->api(), QUrl(u"http://127.0.0.1:3007"_s));
}

TEST(Environments, SayWhichHaveNoAddressYet) {
  for (const auto *id : {"testnet", "devnet", "custom"}) {
    const auto environment = findEnvironment(environments(), id);
    ASSERT_TRUE(environment) << id;
    EXPECT_FALSE(environment->isSet()) << id;
    EXPECT_EQ(environment->address().error().code, "environment_not_set") << id;
  }
  EXPECT_FALSE(findEnvironment(environments(), "nonet"));
}

TEST(Environments, TakeAddressesFromAFile) {
  const test::TempFolder folder;
  const auto list =
      environmentsFrom(iniFile(folder, "[testnet]\napi=https://test.example\nsocket=https://rt.example\n"));

  ASSERT_TRUE(list);
  EXPECT_EQ(findEnvironment(*list, "testnet")->name, u"GX TestNet"_s);
  EXPECT_EQ(findEnvironment(*list, "testnet")->address()->realtime(), QUrl(u"https://rt.example/socket.io/"_s));
  EXPECT_EQ(findEnvironment(*list, "mainnet"), findEnvironment(environments(), "mainnet"));
}

TEST(Environments, RefuseFilesThatCannotBeUsed) {
  const test::TempFolder folder;

  EXPECT_EQ(environmentsFrom(folder.file(u"none"_s)).error().kind, ErrorKind::NotFound);
  EXPECT_EQ(environmentsFrom(iniFile(folder, "[devnet]\napi=http://dev.example\n")).error().code, "insecure_address");
}

}  // namespace gx::net
