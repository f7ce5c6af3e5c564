// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/net/relay_address.h"

#include <gtest/gtest.h>

namespace gx::net {

using namespace Qt::StringLiterals;

namespace {

QByteArray refusalOf(const QString &text) {
  const auto address = RelayAddress::parse(text);
  return address ? QByteArray() : address.error().code;
}

}  // namespace

TEST(RelayAddress, GivesTheAddressesOfRestAndRealtime) {
  const auto address = RelayAddress::parse(u"https://api.gxcoin.money"_s, {}, u"https://wallet.gxcoin.money"_s);

  ASSERT_TRUE(address);
  EXPECT_EQ(address->rest("/messages?after=3"), QUrl(u"https://api.gxcoin.money/api/v1/messages?after=3"_s));
  EXPECT_EQ(address->realtime(), QUrl(u"https://api.gxcoin.money/socket.io/"_s));
  EXPECT_EQ(address->wallet(), QUrl(u"https://wallet.gxcoin.money"_s));
  EXPECT_EQ(address->text(), u"https://api.gxcoin.money"_s);
}

TEST(RelayAddress, TakesASocketAddressOfItsOwn) {
  const auto address = RelayAddress::parse(u"https://a.example"_s, u"https://b.example:8443"_s);

  ASSERT_TRUE(address);
  EXPECT_EQ(address->realtime(), QUrl(u"https://b.example:8443/socket.io/"_s));
}

TEST(RelayAddress, KeepsAPathInFront) {
  const auto address = RelayAddress::parse(u"https://example.org/gx/"_s);

  ASSERT_TRUE(address);
  EXPECT_EQ(address->rest("/keys"), QUrl(u"https://example.org/gx/api/v1/keys"_s));
}

TEST(RelayAddress, CompletesWhatPeopleType) {
  EXPECT_EQ(RelayAddress::parse(u" relay.example "_s)->api(), QUrl(u"https://relay.example"_s));
  EXPECT_EQ(RelayAddress::parse(u"localhost:3007"_s)->api(), QUrl(u"http://localhost:3007"_s));
  EXPECT_EQ(RelayAddress::parse(u"127.0.0.1:3007"_s)->api(), QUrl(u"http://127.0.0.1:3007"_s));
}

TEST(RelayAddress, AllowsPlainHttpToThisMachineAlone) {
  EXPECT_TRUE(RelayAddress::parse(u"http://127.0.0.1:3007"_s));
  EXPECT_TRUE(RelayAddress::parse(u"http://127.9.9.9"_s));
  EXPECT_TRUE(RelayAddress::parse(u"http://[::1]:3007"_s));
  EXPECT_EQ(refusalOf(u"http://relay.example"_s), "insecure_address");
  EXPECT_EQ(refusalOf(u"http://192.168.1.4:3007"_s), "insecure_address");
  EXPECT_EQ(refusalOf(u"http://localhost.example"_s), "insecure_address");
}

TEST(RelayAddress, RefusesWhatIsNoAddressOfARelay) {
  for (const auto &text : {u""_s, u"   "_s, u"https://"_s, u"ftp://relay.example"_s, u"https://me:word@relay.example"_s,
                           u"https://relay.example/?a=1"_s, u"https://relay.example/#x"_s, u"https://a b"_s})
    EXPECT_EQ(refusalOf(text), "bad_address") << text.toStdString();
}

TEST(RelayAddress, ChecksTheOtherAddressesToo) {
  EXPECT_FALSE(RelayAddress::parse(u"https://a.example"_s, u"http://b.example"_s));
  EXPECT_FALSE(RelayAddress::parse(u"https://a.example"_s, {}, u"ftp://b.example"_s));
}

}  // namespace gx::net
