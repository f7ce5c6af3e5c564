// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/http/conversation_routes.h"

#include "tests/support/relay_user.h"
#include "tests/support/test_relay.h"

namespace gx::server::http {

using namespace Qt::StringLiterals;

namespace {

using test::RelayUser;

class ConversationRoutesTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(m_alice.becomesActive()); }
  test::RawResponse opens(const QByteArray &json) { return m_alice.http().post("/api/v1/conversations", json); }

  test::TestRelay m_relay{{{"GX_RATE_SCALE", "1000"}}};
  RelayUser m_alice{m_relay.apiPort(), "alice@gxcoin.test"};
  RelayUser m_bob{m_relay.apiPort(), "bob@gxcoin.test"};
};

}  // namespace

TEST_F(ConversationRoutesTest, OpensOnceAndFindsAgain) {
  const auto first = opens(R"({"with":["bob@gxcoin.test"]})");
  const auto again = opens(R"({"with":["bob@gxcoin.test"]})");

  EXPECT_EQ(first.status, 201);
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(first.json()[u"type"_s].toString(), u"DIRECT");
  EXPECT_EQ(first.json()[u"participants"_s].toArray().size(), 2);
  const QByteArray path = "/api/v1/conversations/" + first.json()[u"conversation_id"_s].toString().toUtf8();
  EXPECT_EQ(m_alice.http().get(path).body, first.body);
}

TEST_F(ConversationRoutesTest, BothSeeTheSameConversation) {
  const auto first = opens(R"({"with":["bob@gxcoin.test"]})");
  ASSERT_TRUE(m_bob.becomesActive());

  const auto list = m_bob.http().get("/api/v1/conversations").json()[u"conversations"_s].toArray();

  ASSERT_EQ(list.size(), 1);
  EXPECT_EQ(list[0].toObject()[u"conversation_id"_s], first.json()[u"conversation_id"_s]);
}

TEST_F(ConversationRoutesTest, RefusesWhatMakesNoConversation) {
  EXPECT_EQ(opens(R"({"with":["nobody@gxcoin.test"]})").status, 404);
  EXPECT_EQ(opens(R"({"with":["alice@gxcoin.test"]})").code(), "with_self");
  for (const char *json : {"", "{}", R"({"with":[]})", R"({"with":"bob@gxcoin.test"})", R"({"with":[5]})",
                           R"({"with":["bob@gxcoin.test","carol@gxcoin.test"]})"})
    EXPECT_EQ(opens(json).status, 400) << json;
}

TEST_F(ConversationRoutesTest, PagesThroughTheList) {
  for (const char *name : {"bob", "carol", "dave"})
    ASSERT_EQ(opens(QByteArray(R"({"with":[")") + name + R"(@gxcoin.test"]})").status, 201);

  const auto first = m_alice.http().get("/api/v1/conversations?limit=2").json();
  ASSERT_EQ(first[u"conversations"_s].toArray().size(), 2);
  const QByteArray next = first[u"next"_s].toString().toUtf8();
  ASSERT_FALSE(next.isEmpty());
  const auto second = m_alice.http().get("/api/v1/conversations?limit=2&after=" + next).json();

  EXPECT_EQ(second[u"conversations"_s].toArray().size(), 1);
  EXPECT_FALSE(second.contains(u"next"_s));
}

TEST_F(ConversationRoutesTest, RefusesBadQueries) {
  for (const char *query :
       {"?limit=0", "?limit=51", "?limit=1000", "?limit=x", "?after=x", "?after=00000000-0000-0000-0000-00000000000G"})
    EXPECT_EQ(m_alice.http().get(QByteArray("/api/v1/conversations") + query).status, 400) << query;
}

TEST_F(ConversationRoutesTest, AForeignConversationLooksLikeNone) {
  const auto foreign = opens(R"({"with":["bob@gxcoin.test"]})").json()[u"conversation_id"_s].toString().toUtf8();
  RelayUser carol(m_relay.apiPort(), "carol@gxcoin.test");
  ASSERT_TRUE(carol.becomesActive());

  const auto theirs = carol.http().get("/api/v1/conversations/" + foreign);
  const auto none = carol.http().get("/api/v1/conversations/01900000-0000-7000-8000-000000000000");
  const auto nonsense = carol.http().get("/api/v1/conversations/nonsense");

  EXPECT_EQ(theirs.status, 404);
  EXPECT_EQ(theirs.json()[u"message"_s], none.json()[u"message"_s]);
  EXPECT_EQ(nonsense.status, 404);
}

TEST_F(ConversationRoutesTest, APendingDeviceSeesNone) {
  RelayUser second(m_relay.apiPort(), "alice@gxcoin.test");
  ASSERT_EQ(second.logsIn("laptop").status, 200);

  EXPECT_EQ(second.http().get("/api/v1/conversations").code(), "device_pending");
}

}  // namespace gx::server::http
