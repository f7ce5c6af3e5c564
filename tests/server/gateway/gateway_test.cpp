// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/gateway/gateway.h"

#include <QJsonDocument>

#include "core/wire/event_names.h"
#include "tests/support/relay_user.h"
#include "tests/support/test_relay.h"

namespace gx::server::gateway {

using namespace Qt::StringLiterals;

namespace {

using test::RawSocketIo;
using test::RelayUser;

QJsonObject jsonOf(const QByteArray &json) {
  return QJsonDocument::fromJson(json).object();
}
QString idText(auto id) {
  return QString::fromUtf8(toText(id));
}

class GatewayTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(m_alice.becomesActive());
    ASSERT_TRUE(m_bob.becomesActive());
    m_conversation = m_alice.conversationWith("bob@gxcoin.test");
    ASSERT_FALSE(m_conversation.isNull());
  }
  wire::SendRequest toBob(const QByteArray &text = "sealed") {
    return RelayUser::message(m_conversation, {&m_bob}, text);
  }
  // The letters of the next mail events, until `count` came.
  static QList<QJsonObject> letters(RawSocketIo &socket, qsizetype count) {
    QList<QJsonObject> letters;
    while (letters.size() < count) {
      const QJsonArray messages = socket.waitFor("mail")[u"messages"].toArray();
      if (messages.isEmpty()) break;
      for (const auto &letter : messages) letters.append(letter.toObject());
    }
    return letters;
  }

  test::TestRelay m_relay{{{"GX_RATE_SCALE", "1000"}}};
  RelayUser m_alice{m_relay.apiPort(), "alice@gxcoin.test"};
  RelayUser m_bob{m_relay.apiPort(), "bob@gxcoin.test"};
  ConversationId m_conversation{};
};

}  // namespace

TEST_F(GatewayTest, SaysReadyFirst) {
  const auto bob = m_bob.goesOnline();

  const QJsonObject ready = bob->waitFor("ready");

  EXPECT_EQ(ready[u"device_id"].toInt(), static_cast<int>(m_bob.deviceId().value));
  EXPECT_EQ(ready[u"head"].toInt(-1), 0);
  EXPECT_EQ(ready[u"prekeys"].toInt(), 5);
  EXPECT_FALSE(ready[u"rolled_back"].toBool());
  EXPECT_GT(ready[u"server_time"].toDouble(), 1.7e12);
}

TEST_F(GatewayTest, RefusesWhoDoesNotSignIn) {
  for (const QJsonObject &auth :
       {QJsonObject{}, QJsonObject{{u"token"_s, u"gxa_wrong"_s}}, QJsonObject{{u"token"_s, 5}},
        QJsonObject{{u"token"_s, QString::fromUtf8(m_bob.refreshToken())}}}) {
    RawSocketIo socket(m_relay.apiPort());
    const QJsonObject refusal = socket.connectWith(auth);
    EXPECT_EQ(refusal[u"message"].toString(), u"unauthorized");
    EXPECT_EQ(refusal[u"data"].toObject()[u"code"].toString(), u"unauthorized");
  }
}

TEST_F(GatewayTest, RefusesAPendingDevice) {
  RelayUser second(m_relay.apiPort(), "bob@gxcoin.test");
  ASSERT_EQ(second.logsIn("laptop").status, 200);
  RawSocketIo socket(m_relay.apiPort());

  const QJsonObject refusal = socket.connectWith({{u"token"_s, QString::fromUtf8(second.token())}});

  EXPECT_EQ(refusal[u"message"].toString(), u"device_pending");
}

TEST_F(GatewayTest, HandsALetterOverAtOnce) {
  const auto alice = m_alice.goesOnline();
  const auto bob = m_bob.goesOnline();
  bob->waitFor("ready");
  const wire::SendRequest request = toBob("hello");

  const QJsonObject ack = alice->ask("message.send", jsonOf(request.toJson()));

  EXPECT_EQ(ack[u"ok"].toObject()[u"client_msg_id"].toString(), idText(request.clientMsgId));
  const QList<QJsonObject> mail = letters(*bob, 1);
  ASSERT_EQ(mail.size(), 1);
  EXPECT_EQ(mail[0][u"seq"].toInt(), 1);
  EXPECT_EQ(mail[0][u"message_id"], ack[u"ok"].toObject()[u"message_id"]);
  EXPECT_EQ(mail[0][u"sender_device_id"].toInt(), static_cast<int>(m_alice.deviceId().value));
  EXPECT_EQ(QByteArray::fromBase64(mail[0][u"ciphertext"].toString().toLatin1()),
            "hello for " + toText(m_bob.deviceId()));
}

TEST_F(GatewayTest, DeliversWhatCameWhileTheDeviceWasAway) {
  for (int i = 0; i < 130; ++i) ASSERT_EQ(m_alice.sends(toBob(QByteArray::number(i))).status, 200);

  const auto bob = m_bob.goesOnline();

  EXPECT_EQ(bob->waitFor("ready")[u"head"].toInt(), 130);
  const QList<QJsonObject> mail = letters(*bob, 130);
  ASSERT_EQ(mail.size(), 130);
  for (int i = 0; i < 130; ++i) EXPECT_EQ(mail[i][u"seq"].toInt(), i + 1);
}

TEST_F(GatewayTest, GoesOnAfterWhatTheDeviceHas) {
  for (int i = 0; i < 5; ++i) ASSERT_EQ(m_alice.sends(toBob()).status, 200);

  const auto bob = m_bob.goesOnline(3);

  const QList<QJsonObject> mail = letters(*bob, 2);
  EXPECT_EQ(mail.value(0)[u"seq"].toInt(), 4);
  EXPECT_EQ(mail.value(1)[u"seq"].toInt(), 5);
  EXPECT_EQ(m_bob.http().get("/api/v1/messages").json()[u"messages"].toArray().size(), 2);
}

TEST_F(GatewayTest, ACursorBeyondTheHeadGetsEverything) {
  ASSERT_EQ(m_alice.sends(toBob()).status, 200);

  const auto bob = m_bob.goesOnline(99);

  EXPECT_EQ(letters(*bob, 1).value(0)[u"seq"].toInt(), 1);
}

TEST_F(GatewayTest, AtMost256LettersAreUnacknowledged) {
  const auto bob = m_bob.goesOnline();
  bob->waitFor("ready");
  for (int i = 0; i < 300; ++i) ASSERT_EQ(m_alice.sends(toBob()).status, 200);
  ASSERT_EQ(letters(*bob, 256).size(), 256);
  EXPECT_FALSE(bob->has("mail"));

  EXPECT_EQ(bob->ask("mail.ack", {{u"seq"_s, 256}})[u"ok"].toObject()[u"seq"].toInt(), 256);

  const QList<QJsonObject> rest = letters(*bob, 44);
  ASSERT_EQ(rest.size(), 44);
  EXPECT_EQ(rest.first()[u"seq"].toInt(), 257);
  EXPECT_EQ(rest.last()[u"seq"].toInt(), 300);
}

TEST_F(GatewayTest, AcknowledgedLettersDoNotComeAgain) {
  ASSERT_EQ(m_alice.sends(toBob()).status, 200);
  ASSERT_EQ(m_alice.sends(toBob()).status, 200);
  auto bob = m_bob.goesOnline();
  ASSERT_EQ(letters(*bob, 2).size(), 2);
  bob->ask("mail.ack", {{u"seq"_s, 1}});

  bob = m_bob.goesOnline();

  EXPECT_EQ(letters(*bob, 1).value(0)[u"seq"].toInt(), 2);
}

TEST_F(GatewayTest, RefusedEventsSayWhy) {
  const auto alice = m_alice.goesOnline();

  EXPECT_EQ(alice->ask("message.send", {})[u"error"].toObject()[u"code"].toString(), u"bad_request");
  EXPECT_EQ(alice->ask("mail.ack", {{u"seq"_s, 7}})[u"error"].toObject()[u"code"].toString(), u"bad_request");
  EXPECT_EQ(alice->ask("mail.ack", {{u"seq"_s, -1}})[u"error"].toObject()[u"code"].toString(), u"bad_request");
  const QJsonObject mismatch =
      alice->ask("message.send", jsonOf(RelayUser::message(m_conversation, {}).toJson()))[u"error"].toObject();
  EXPECT_TRUE(mismatch[u"code"].toString() == u"device_mismatch" || mismatch[u"code"].toString() == u"bad_request");
}

TEST_F(GatewayTest, AMessageForTheWrongDevicesListsThem) {
  const auto alice = m_alice.goesOnline();
  RelayUser stranger(m_relay.apiPort(), "carol@gxcoin.test");
  ASSERT_TRUE(stranger.becomesActive());

  const QJsonObject error =
      alice->ask("message.send", jsonOf(RelayUser::message(m_conversation, {&stranger}).toJson()))[u"error"].toObject();

  EXPECT_EQ(error[u"code"].toString(), u"device_mismatch");
  EXPECT_EQ(error[u"missing"].toArray().at(0).toObject()[u"device_id"].toInt(),
            static_cast<int>(m_bob.deviceId().value));
  EXPECT_EQ(error[u"extra"].toArray().at(0).toObject()[u"device_id"].toInt(),
            static_cast<int>(stranger.deviceId().value));
}

TEST_F(GatewayTest, TheNewestConnectionOfADeviceWins) {
  const auto first = m_bob.goesOnline();
  first->waitFor("ready");

  const auto second = m_bob.goesOnline();

  second->waitFor("ready");
  EXPECT_EQ(first->waitForClose(), wire::kCloseReplaced);
  ASSERT_EQ(m_alice.sends(toBob()).status, 200);
  EXPECT_EQ(letters(*second, 1).size(), 1);
}

TEST_F(GatewayTest, LoggingOutClosesTheConnection) {
  const auto bob = m_bob.goesOnline();
  bob->waitFor("ready");

  ASSERT_EQ(m_bob.http().post("/api/v1/auth/logout", "{}").status, 204);

  EXPECT_EQ(bob->waitForClose(std::chrono::seconds(5)), wire::kCloseUnauthorized);
  RawSocketIo again(m_relay.apiPort());
  EXPECT_EQ(again.connectWith({{u"token"_s, QString::fromUtf8(m_bob.token())}})[u"message"].toString(),
            u"unauthorized");
}

TEST_F(GatewayTest, RenewsTokensOfTheSameDeviceOnly) {
  const auto bob = m_bob.goesOnline();
  bob->waitFor("ready");

  const QJsonObject renewed = bob->ask("auth.renew", {{u"token"_s, QString::fromUtf8(m_bob.token())}});
  const QJsonObject foreign = bob->ask("auth.renew", {{u"token"_s, QString::fromUtf8(m_alice.token())}});
  const QJsonObject wrong = bob->ask("auth.renew", {{u"token"_s, u"gxa_no"_s}});

  EXPECT_GT(renewed[u"ok"].toObject()[u"expires_in"].toInt(), 500);
  EXPECT_EQ(foreign[u"error"].toObject()[u"code"].toString(), u"unauthorized");
  EXPECT_EQ(wrong[u"error"].toObject()[u"code"].toString(), u"unauthorized");
}

TEST_F(GatewayTest, TypingReachesTheOtherPerson) {
  const auto alice = m_alice.goesOnline();
  const auto bob = m_bob.goesOnline();
  bob->waitFor("ready");
  alice->waitFor("ready");

  alice->tell("typing", {{u"conversation_id"_s, idText(m_conversation)}, {u"active"_s, true}});

  const QJsonObject typing = bob->waitFor("typing");
  EXPECT_EQ(typing[u"user_id"].toString(), idText(m_alice.userId()));
  EXPECT_EQ(typing[u"device_id"].toInt(), static_cast<int>(m_alice.deviceId().value));
  EXPECT_TRUE(typing[u"active"].toBool());
}

TEST_F(GatewayTest, TypingInAForeignConversationIsNotFound) {
  RelayUser carol(m_relay.apiPort(), "carol@gxcoin.test");
  ASSERT_TRUE(carol.becomesActive());
  const auto socket = carol.goesOnline();
  socket->waitFor("ready");

  const QJsonObject ack = socket->ask("typing", {{u"conversation_id"_s, idText(m_conversation)}, {u"active"_s, true}});

  EXPECT_EQ(ack[u"error"].toObject()[u"code"].toString(), u"not_found");
}

TEST_F(GatewayTest, PresenceIsToldToPeopleWhoShareAConversation) {
  const auto alice = m_alice.goesOnline();
  alice->waitFor("ready");
  RelayUser carol(m_relay.apiPort(), "carol@gxcoin.test");
  ASSERT_TRUE(carol.becomesActive());

  const QJsonObject watched =
      alice->ask("presence.watch", {{u"user_ids"_s, QJsonArray{idText(m_bob.userId()), idText(carol.userId())}}})[u"ok"]
          .toObject();
  const QJsonArray list = watched[u"presence"].toArray();
  ASSERT_EQ(list.size(), 2);
  EXPECT_EQ(list[0].toObject()[u"state"].toString(), u"offline");
  EXPECT_EQ(list[1].toObject()[u"state"].toString(), u"unknown");

  auto bob = m_bob.goesOnline();
  bob->waitFor("ready");
  QJsonObject told = alice->waitFor("presence");
  EXPECT_EQ(told[u"user_id"].toString(), idText(m_bob.userId()));
  EXPECT_EQ(told[u"state"].toString(), u"online");

  bob->ask("presence.set", {{u"state"_s, u"away"_s}});
  EXPECT_EQ(alice->waitFor("presence")[u"state"].toString(), u"away");

  bob.reset();
  EXPECT_EQ(alice->waitFor("presence")[u"state"].toString(), u"offline");
}

TEST_F(GatewayTest, NobodyIsOfflineByWish) {
  const auto bob = m_bob.goesOnline();
  bob->waitFor("ready");

  EXPECT_EQ(bob->ask("presence.set", {{u"state"_s, u"offline"_s}})[u"error"].toObject()[u"code"].toString(),
            u"bad_request");
  EXPECT_EQ(bob->ask("presence.set", {{u"state"_s, u"asleep"_s}})[u"error"].toObject()[u"code"].toString(),
            u"bad_request");
}

TEST_F(GatewayTest, TellsOfLinksManifestsAndFewPreKeys) {
  const auto bob = m_bob.goesOnline();
  bob->waitFor("ready");
  const auto alice = m_alice.goesOnline();
  alice->waitFor("ready");
  RelayUser second(m_relay.apiPort(), "bob@gxcoin.test");
  ASSERT_EQ(second.logsIn("laptop").status, 200);
  ASSERT_EQ(second.uploadsKeys().status, 200);

  const QByteArray link = "{\"commitment\":\"" + QByteArray(32, 'c').toBase64() + "\"}";
  ASSERT_EQ(second.http().put("/api/v1/keys/link", link).status, 200);
  EXPECT_EQ(bob->waitFor("device.link")[u"device_id"].toInt(), static_cast<int>(second.deviceId().value));

  ASSERT_EQ(m_bob.appends(m_bob.addEntry(second, m_bob.manifestOf(m_bob.userId()))).status, 201);
  EXPECT_EQ(alice->waitFor("manifest.changed")[u"version"].toInt(), 2);
  EXPECT_EQ(bob->waitFor("manifest.changed")[u"user_id"].toString(), idText(m_bob.userId()));

  wire::BundleRequest bundles;
  bundles.userId = m_bob.userId();
  bundles.deviceIds = {m_bob.deviceId()};
  ASSERT_EQ(m_alice.http().post("/api/v1/keys/bundles", bundles.toJson()).status, 200);
  EXPECT_EQ(bob->waitFor("keys.low")[u"prekeys"].toInt(), 4);
}

}  // namespace gx::server::gateway
