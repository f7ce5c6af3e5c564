// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/gateway/message_events.h"

#include "tests/server/gateway/gateway_fixture.h"

namespace gx::server::gateway {

using namespace Qt::StringLiterals;

namespace {

using MessageEventsTest = GatewayTest;

}  // namespace

TEST_F(MessageEventsTest, HandsALetterOverAtOnce) {
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

TEST_F(MessageEventsTest, RefusedEventsSayWhy) {
  const auto alice = m_alice.goesOnline();

  EXPECT_EQ(alice->ask("message.send", {})[u"error"].toObject()[u"code"].toString(), u"bad_request");
  EXPECT_EQ(alice->ask("mail.ack", {{u"seq"_s, 7}})[u"error"].toObject()[u"code"].toString(), u"bad_request");
  EXPECT_EQ(alice->ask("mail.ack", {{u"seq"_s, -1}})[u"error"].toObject()[u"code"].toString(), u"bad_request");
  const QJsonObject mismatch =
      alice->ask("message.send", jsonOf(RelayUser::message(m_conversation, {}).toJson()))[u"error"].toObject();
  EXPECT_TRUE(mismatch[u"code"].toString() == u"device_mismatch" || mismatch[u"code"].toString() == u"bad_request");
}

// A client that fetched over REST what this connection was not given.
TEST_F(MessageEventsTest, AnAckOfALetterNotGivenHereNamesIt) {
  const auto bob = m_bob.goesOnline();
  bob->waitFor("ready");
  for (int i = 0; i < 300; ++i) ASSERT_EQ(m_alice.sends(toBob()).status, 200);
  ASSERT_EQ(letters(*bob, 256).size(), 256);
  const QString last = m_bob.letterAt(300);

  const auto bare = bob->ask("mail.ack", {{u"seq"_s, 300}});
  const auto foreign = bob->ask("mail.ack", {{u"seq"_s, 299}, {u"message_id"_s, last}});
  const auto named = bob->ask("mail.ack", {{u"seq"_s, 300}, {u"message_id"_s, last}});

  EXPECT_EQ(bare[u"error"].toObject()[u"code"].toString(), u"bad_request");
  EXPECT_EQ(foreign[u"ok"].toObject()[u"seq"].toInt(), 0);
  EXPECT_EQ(named[u"ok"].toObject()[u"seq"].toInt(), 300);
  EXPECT_EQ(m_bob.http().get("/api/v1/messages").json()[u"messages"].toArray().size(), 0);
}

TEST_F(MessageEventsTest, AMessageForTheWrongDevicesListsThem) {
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

}  // namespace gx::server::gateway
