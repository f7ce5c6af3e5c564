// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/gateway/session_gate.h"

#include "core/wire/account_dto.h"
#include "core/wire/event_names.h"
#include "tests/server/gateway/gateway_fixture.h"

namespace gx::server::gateway {

using namespace Qt::StringLiterals;

namespace {

using SessionGateTest = GatewayTest;

}  // namespace

TEST_F(SessionGateTest, SaysReadyFirst) {
  const auto bob = m_bob.goesOnline();

  const QJsonObject ready = bob->waitFor("ready");

  EXPECT_EQ(ready[u"device_id"].toInt(), static_cast<int>(m_bob.deviceId().value));
  EXPECT_EQ(ready[u"head"].toInt(-1), 0);
  EXPECT_EQ(ready[u"prekeys"].toInt(), 5);
  EXPECT_FALSE(ready[u"rolled_back"].toBool());
  EXPECT_GT(ready[u"server_time"].toDouble(), 1.7e12);
}

TEST_F(SessionGateTest, RefusesWhoDoesNotSignIn) {
  for (const QJsonObject &auth :
       {QJsonObject{}, QJsonObject{{u"token"_s, u"gxa_wrong"_s}}, QJsonObject{{u"token"_s, 5}},
        QJsonObject{{u"token"_s, QString::fromUtf8(m_bob.refreshToken())}}}) {
    RawSocketIo socket(m_relay.apiPort());
    const QJsonObject refusal = socket.connectWith(auth);
    EXPECT_EQ(refusal[u"message"].toString(), u"unauthorized");
    EXPECT_EQ(refusal[u"data"].toObject()[u"code"].toString(), u"unauthorized");
  }
}

TEST_F(SessionGateTest, RefusesAPendingDevice) {
  RelayUser second(m_relay.apiPort(), "bob@gxcoin.test");
  ASSERT_EQ(second.logsIn("laptop").status, 200);
  RawSocketIo socket(m_relay.apiPort());

  const QJsonObject refusal = socket.connectWith({{u"token"_s, QString::fromUtf8(second.token())}});

  EXPECT_EQ(refusal[u"message"].toString(), u"device_pending");
}

TEST_F(SessionGateTest, TheNewestConnectionOfADeviceWins) {
  const auto first = m_bob.goesOnline();
  first->waitFor("ready");

  const auto second = m_bob.goesOnline();

  second->waitFor("ready");
  EXPECT_EQ(first->waitForClose(), wire::kCloseReplaced);
  ASSERT_EQ(m_alice.sends(toBob()).status, 200);
  EXPECT_EQ(letters(*second, 1).size(), 1);
}

TEST_F(SessionGateTest, LoggingOutClosesTheConnection) {
  const auto bob = m_bob.goesOnline();
  bob->waitFor("ready");

  ASSERT_EQ(m_bob.http().post("/api/v1/auth/logout", "{}").status, 204);

  EXPECT_EQ(bob->waitForClose(std::chrono::seconds(5)), wire::kCloseUnauthorized);
  RawSocketIo again(m_relay.apiPort());
  EXPECT_EQ(again.connectWith({{u"token"_s, QString::fromUtf8(m_bob.token())}})[u"message"].toString(),
            u"unauthorized");
}

TEST_F(SessionGateTest, RenewsTokensOfTheSameDeviceOnly) {
  const auto bob = m_bob.goesOnline();
  bob->waitFor("ready");

  const QJsonObject renewed = bob->ask("auth.renew", {{u"token"_s, QString::fromUtf8(m_bob.token())}});
  const QJsonObject foreign = bob->ask("auth.renew", {{u"token"_s, QString::fromUtf8(m_alice.token())}});
  const QJsonObject wrong = bob->ask("auth.renew", {{u"token"_s, u"gxa_no"_s}});

  EXPECT_GT(renewed[u"ok"].toObject()[u"expires_in"].toInt(), 500);
  EXPECT_EQ(foreign[u"error"].toObject()[u"code"].toString(), u"unauthorized");
  EXPECT_EQ(wrong[u"error"].toObject()[u"code"].toString(), u"unauthorized");
}

TEST_F(SessionGateTest, A76_WarnsBeforeATokenEndsAndClosesThen) {
  const auto bob = m_bob.goesOnline();
  bob->waitFor("ready");

  m_relay.clock().shift(std::chrono::minutes(9) + std::chrono::seconds(30));

  const int seconds = bob->waitFor("auth.expiring")[u"seconds"].toInt();
  EXPECT_GT(seconds, 10);
  EXPECT_LE(seconds, 30);
  m_relay.clock().shift(std::chrono::seconds(31));
  EXPECT_EQ(bob->waitForClose(), wire::kCloseUnauthorized);
}

TEST_F(SessionGateTest, ARenewedTokenKeepsTheConnection) {
  const auto bob = m_bob.goesOnline();
  bob->waitFor("ready");
  m_relay.clock().shift(std::chrono::minutes(9) + std::chrono::seconds(30));
  bob->waitFor("auth.expiring");
  wire::RefreshRequest refresh;
  refresh.refreshToken = m_bob.refreshToken();
  refresh.requestId = "r1";
  refresh.signature = m_bob.sign(refresh.signedBytes());
  const auto fresh = m_bob.http().post("/api/v1/auth/refresh", refresh.toJson());
  ASSERT_EQ(fresh.status, 200);
  m_bob.takeTokens(fresh.json());

  const QJsonObject renewed = bob->ask("auth.renew", {{u"token"_s, QString::fromUtf8(m_bob.token())}});

  EXPECT_GT(renewed[u"ok"].toObject()[u"expires_in"].toInt(), 590);
  m_relay.clock().shift(std::chrono::minutes(2));
  EXPECT_TRUE(bob->ask("presence.set", {{u"state"_s, u"away"_s}}).contains(u"ok"_s));
  EXPECT_TRUE(bob->isOpen());
}

TEST_F(SessionGateTest, A42_AReusedRefreshTokenClosesTheConnection) {
  const auto bob = m_bob.goesOnline();
  bob->waitFor("ready");
  wire::RefreshRequest refresh;
  refresh.refreshToken = m_bob.refreshToken();
  refresh.requestId = "r1";
  refresh.signature = m_bob.sign(refresh.signedBytes());
  ASSERT_EQ(m_bob.http().post("/api/v1/auth/refresh", refresh.toJson()).status, 200);
  m_relay.clock().shift(std::chrono::seconds(61));
  refresh.requestId = "r2";
  refresh.signature = m_bob.sign(refresh.signedBytes());

  const auto reused = m_bob.http().post("/api/v1/auth/refresh", refresh.toJson());

  EXPECT_EQ(reused.code(), "token_reused");
  EXPECT_EQ(bob->waitForClose(std::chrono::seconds(5)), wire::kCloseUnauthorized);
}

TEST_F(SessionGateTest, A108_ARolledBackDeviceIsTold) {
  const auto connect = [&](int counter, int sends) {
    auto socket = std::make_unique<RawSocketIo>(m_relay.apiPort());
    const QJsonObject boot{{u"counter"_s, counter}, {u"sends"_s, sends}};
    socket->connectWith({{u"token"_s, QString::fromUtf8(m_bob.token())}, {u"boot"_s, boot}});
    return socket->waitFor("ready")[u"rolled_back"].toBool();
  };

  EXPECT_FALSE(connect(3, 10));
  EXPECT_FALSE(connect(3, 12));
  EXPECT_TRUE(connect(2, 5));
}

}  // namespace gx::server::gateway
