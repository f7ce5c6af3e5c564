// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/core/messenger/scripted_relay.h"
#include "tests/core/messenger/unconnected.h"
#include "tests/support/signal_probe.h"

namespace gx::messenger {
namespace {

using namespace Qt::StringLiterals;
using test::await;

// A relay that says what is not so about conversations.
class UntrueRelay : public test::Unconnected {
 protected:
  void SetUp() override {
    address = relay.url();
    Unconnected::SetUp();
    vault::AccountRecord record;
    record.account.self = {user(1), DeviceId{11}};
    record.account.name = u"alice@example.org"_s;
    ASSERT_TRUE(await(vault->account().signIn(record, SecretBytes(QByteArrayView("gxr_token")))));
    wire::TokenPair pair;
    pair.accessToken = "gxa_token";
    pair.accessExpiresIn = 600;
    pair.refreshToken = "gxr_token";
    session->relay().tokens().adopt(std::move(pair));
  }
  static wire::ConversationInfo info(quint8 number, UserId other, const QByteArray &account) {
    wire::ConversationInfo info;
    info.conversationId = conversation(number);
    info.createdAt = 1'750'000'000'000;
    info.participants.append({user(1), "alice@example.org", wire::ParticipantRole::Member});
    info.participants.append({other, account, wire::ParticipantRole::Member});
    return info;
  }
  void opens(const wire::ConversationInfo &info) { relay.answers["POST /api/v1/conversations"] = info.toJson(); }
  Result<ConversationId> asks() { return await(session->conversations().with(u"bob@example.org"_s)); }
  std::size_t known() { return await(session->conversations().list())->size(); }

  test::ScriptedRelay relay;
};

TEST_F(UntrueRelay, TheConversationIsWithWhomItWasAskedFor) {
  opens(info(5, user(2), "Bob@example.org"));

  EXPECT_EQ(asks().value(), conversation(5));
  EXPECT_EQ(known(), 1U);
}

TEST_F(UntrueRelay, AConversationWithSomebodyElseIsNotTaken) {
  opens(info(5, user(3), "mallory@example.org"));

  const auto answer = asks();

  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ErrorKind::Untrusted);
  EXPECT_EQ(answer.error().code, "wrong_participant");
  EXPECT_EQ(known(), 0U);
}

TEST_F(UntrueRelay, TheNameOnOurOwnIdIsNobody) {
  auto renamed = info(5, user(3), "mallory@example.org");
  renamed.participants[0].account = "bob@example.org";
  opens(renamed);

  EXPECT_EQ(asks().error().code, "wrong_participant");
  EXPECT_EQ(known(), 0U);
}

TEST_F(UntrueRelay, AThirdInTheRoomIsRefused) {
  auto crowded = info(5, user(2), "bob@example.org");
  crowded.participants.append({user(3), "mallory@example.org", wire::ParticipantRole::Member});
  opens(crowded);

  EXPECT_EQ(asks().error().code, "wrong_participant");
  EXPECT_EQ(known(), 0U);
}

TEST_F(UntrueRelay, OneThatIsNotTakenDoesNotKeepTheOthersAway) {
  auto crowded = info(6, user(3), "carol@example.org");
  crowded.participants.append({user(4), "mallory@example.org", wire::ParticipantRole::Member});
  wire::ConversationPage page;
  page.conversations = {info(5, user(2), "bob@example.org"), crowded, info(7, user(5), "dave@example.org")};
  relay.answers["GET /api/v1/conversations"] = page.toJson();
  test::SignalProbe<ConversationId> changed(&session->conversations(), &Conversations::conversationChanged);

  const auto refreshed = await(session->conversations().refresh());

  ASSERT_FALSE(refreshed);  // told at the end
  EXPECT_EQ(refreshed.error().kind, ErrorKind::Untrusted);
  EXPECT_EQ(known(), 2U);
  ASSERT_EQ(changed.count(), 2U);
  EXPECT_EQ(changed.value(1), conversation(7));
}

}  // namespace
}  // namespace gx::messenger
