// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/gateway/people_events.h"

#include "tests/server/gateway/gateway_fixture.h"

namespace gx::server::gateway {

using namespace Qt::StringLiterals;

namespace {

using PeopleEventsTest = GatewayTest;

}  // namespace

TEST_F(PeopleEventsTest, TypingReachesTheOtherPerson) {
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

TEST_F(PeopleEventsTest, TypingInAForeignConversationIsNotFound) {
  RelayUser carol(m_relay.apiPort(), "carol@gxcoin.test");
  ASSERT_TRUE(carol.becomesActive());
  const auto socket = carol.goesOnline();
  socket->waitFor("ready");

  const QJsonObject ack = socket->ask("typing", {{u"conversation_id"_s, idText(m_conversation)}, {u"active"_s, true}});

  EXPECT_EQ(ack[u"error"].toObject()[u"code"].toString(), u"not_found");
}

TEST_F(PeopleEventsTest, PresenceIsToldToPeopleWhoShareAConversation) {
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

TEST_F(PeopleEventsTest, NobodyIsOfflineByWish) {
  const auto bob = m_bob.goesOnline();
  bob->waitFor("ready");

  EXPECT_EQ(bob->ask("presence.set", {{u"state"_s, u"offline"_s}})[u"error"].toObject()[u"code"].toString(),
            u"bad_request");
  EXPECT_EQ(bob->ask("presence.set", {{u"state"_s, u"asleep"_s}})[u"error"].toObject()[u"code"].toString(),
            u"bad_request");
}

}  // namespace gx::server::gateway
