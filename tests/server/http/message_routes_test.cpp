// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/http/message_routes.h"

#include "core/wire/problem_dto.h"
#include "tests/support/relay_user.h"
#include "tests/support/test_relay.h"

namespace gx::server::http {

using namespace Qt::StringLiterals;

namespace {

using test::RelayUser;

class MessageRoutesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(m_alice.becomesActive());
    ASSERT_TRUE(m_bob.becomesActive());
    m_conversation = m_alice.conversationWith("bob@gxcoin.test");
  }
  wire::SendRequest toBob(const QByteArray &text = "sealed") {
    return RelayUser::message(m_conversation, {&m_bob}, text);
  }
  static test::RawResponse acknowledges(RelayUser &user, qint64 seq, std::optional<MessageId> letter) {
    return user.http().post("/api/v1/messages/ack", wire::MailAck{seq, letter}.toJson());
  }
  QJsonArray mailOfBob(const QByteArray &query = {}) {
    return m_bob.http().get("/api/v1/messages" + query).json()[u"messages"_s].toArray();
  }

  test::TestRelay m_relay{{{"GX_RATE_SCALE", "1000"}}};
  RelayUser m_alice{m_relay.apiPort(), "alice@gxcoin.test"};
  RelayUser m_bob{m_relay.apiPort(), "bob@gxcoin.test"};
  ConversationId m_conversation{};
};

}  // namespace

TEST_F(MessageRoutesTest, SendsFetchesAndAcknowledges) {
  ASSERT_EQ(m_alice.sends(toBob()).status, 200);
  ASSERT_EQ(m_alice.sends(toBob()).status, 200);

  const auto page = wire::MailPage::parse(m_bob.http().get("/api/v1/messages").body);
  ASSERT_TRUE(page);
  ASSERT_EQ(page->messages.size(), 2);
  EXPECT_EQ(page->head, 2);
  EXPECT_FALSE(page->more);
  EXPECT_EQ(page->messages[0].senderId, m_alice.userId());
  EXPECT_EQ(page->messages[0].conversationId, m_conversation);

  const auto ack = acknowledges(m_bob, 1, page->messages[0].messageId);
  EXPECT_EQ(ack.status, 200);
  EXPECT_EQ(ack.json()[u"seq"_s].toInt(), 1);
  ASSERT_EQ(mailOfBob().size(), 1);
  EXPECT_EQ(mailOfBob()[0].toObject()[u"seq"_s].toInt(), 2);
}

TEST_F(MessageRoutesTest, ARepetitionGetsTheSameAnswerAndStoresNothing) {
  const auto request = toBob();

  const auto first = m_alice.sends(request);
  const auto again = m_alice.sends(request);

  EXPECT_EQ(first.status, 200);
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(mailOfBob().size(), 1);
}

TEST_F(MessageRoutesTest, TheSameIdWithAnotherBodyIsAConflict) {
  auto request = toBob();
  ASSERT_EQ(m_alice.sends(request).status, 200);
  request.envelopes[0].ciphertext += "x";

  const auto response = m_alice.sends(request);

  EXPECT_EQ(response.status, 422);
  EXPECT_EQ(response.code(), "idempotency_conflict");
  EXPECT_EQ(mailOfBob().size(), 1);
}

TEST_F(MessageRoutesTest, WrongDevicesAreListedAndNothingIsStored) {
  RelayUser carol(m_relay.apiPort(), "carol@gxcoin.test");
  ASSERT_TRUE(carol.becomesActive());

  const auto mismatch = m_alice.sends(RelayUser::message(m_conversation, {&carol}));
  auto stale = toBob();
  stale.envelopes[0].registrationId = stale.envelopes[0].registrationId % 16380 + 1;
  const auto gone = m_alice.sends(stale);

  EXPECT_EQ(mismatch.status, 409);
  const auto problem = wire::Problem::parse(mismatch.body);
  ASSERT_TRUE(problem);
  EXPECT_EQ(problem->code, "device_mismatch");
  EXPECT_EQ(problem->missing, (QList<wire::DeviceRef>{{m_bob.userId(), m_bob.deviceId()}}));
  ASSERT_EQ(problem->extra.size(), 1);
  EXPECT_EQ(problem->extra[0].deviceId, carol.deviceId());
  EXPECT_EQ(gone.status, 410);
  EXPECT_EQ(wire::Problem::parse(gone.body)->stale, (QList<wire::DeviceRef>{{m_bob.userId(), m_bob.deviceId()}}));
  EXPECT_EQ(mailOfBob().size(), 0);
}

TEST_F(MessageRoutesTest, AForeignConversationIsNotFound) {
  RelayUser carol(m_relay.apiPort(), "carol@gxcoin.test");
  ASSERT_TRUE(carol.becomesActive());

  EXPECT_EQ(carol.sends(RelayUser::message(m_conversation, {&m_bob})).status, 404);
}

TEST_F(MessageRoutesTest, ARecipientWithoutDevicesIsSaid) {
  const auto conversation = m_alice.conversationWith("dave@gxcoin.test");
  ASSERT_FALSE(conversation.isNull());

  auto request = RelayUser::message(conversation, {&m_bob});
  const auto response = m_alice.sends(request);

  EXPECT_EQ(response.status, 409);
  EXPECT_EQ(response.code(), "no_devices");
}

TEST_F(MessageRoutesTest, LimitsOfAnEnvelope) {
  auto request = toBob();
  request.envelopes[0].ciphertext = QByteArray(96 * 1024, 'x');
  EXPECT_EQ(m_alice.sends(request).status, 200);

  request = toBob();
  request.envelopes[0].ciphertext = QByteArray(96 * 1024 + 1, 'x');
  EXPECT_EQ(m_alice.sends(request).status, 413);

  request = toBob();
  request.envelopes[0].ciphertext.clear();
  EXPECT_EQ(m_alice.sends(request).status, 400);

  const QByteArray huge = "{\"x\":\"" + QByteArray(1024 * 1024, 'x') + "\"}";
  EXPECT_EQ(m_alice.http().post("/api/v1/messages", huge).status, 413);
}

TEST_F(MessageRoutesTest, PagesThroughTheMailbox) {
  for (int i = 0; i < 5; ++i) ASSERT_EQ(m_alice.sends(toBob()).status, 200);

  const auto page = m_bob.http().get("/api/v1/messages?after=1&limit=2").json();

  EXPECT_EQ(page[u"messages"_s].toArray().at(0).toObject()[u"seq"_s].toInt(), 2);
  EXPECT_EQ(page[u"messages"_s].toArray().size(), 2);
  EXPECT_TRUE(page[u"more"_s].toBool());
  EXPECT_EQ(page[u"head"_s].toInt(), 5);
  for (const char *query : {"?after=-1", "?after=x", "?limit=0", "?limit=101", "?limit=x", "?after=1&message_id=x"})
    EXPECT_EQ(m_bob.http().get(QByteArray("/api/v1/messages") + query).status, 400) << query;
}

TEST_F(MessageRoutesTest, ACursorThatNamesAnotherLetterGetsAll) {
  for (int i = 0; i < 3; ++i) ASSERT_EQ(m_alice.sends(toBob()).status, 200);
  const QByteArray second = m_bob.letterAt(2).toUtf8();

  EXPECT_EQ(mailOfBob("?after=2&message_id=" + second).size(), 1);
  EXPECT_EQ(mailOfBob("?after=1&message_id=" + second).size(), 3);
}

TEST_F(MessageRoutesTest, TheCursorNeverPassesTheHead) {
  ASSERT_EQ(m_alice.sends(toBob()).status, 200);

  for (const char *body :
       {R"({"seq":1})", R"({"seq":2})", R"({"seq":-1})", R"({"seq":"1"})", R"({"seq":1.5})", "{}", ""})
    EXPECT_EQ(m_bob.http().post("/api/v1/messages/ack", body).status, 400) << body;

  EXPECT_EQ(mailOfBob().size(), 1);
  const auto letter = parseId<MessageId>(m_bob.letterAt(1).toUtf8());
  EXPECT_EQ(acknowledges(m_bob, 2, letter).json()[u"seq"_s].toInt(), 0);
  EXPECT_EQ(mailOfBob().size(), 1);
  EXPECT_EQ(acknowledges(m_bob, 1, letter).status, 200);
  EXPECT_EQ(acknowledges(m_bob, 1, letter).json()[u"seq"_s].toInt(), 1);
  EXPECT_EQ(mailOfBob().size(), 0);
}

TEST_F(MessageRoutesTest, MailIsTheDevicesOwn) {
  ASSERT_EQ(m_alice.sends(toBob()).status, 200);

  EXPECT_EQ(m_alice.http().get("/api/v1/messages").json()[u"messages"_s].toArray().size(), 0);
  const auto letter = parseId<MessageId>(m_bob.letterAt(1).toUtf8());
  EXPECT_EQ(acknowledges(m_alice, 1, letter).json()[u"seq"_s].toInt(), 0);
  EXPECT_EQ(mailOfBob().size(), 1);
}

}  // namespace gx::server::http
