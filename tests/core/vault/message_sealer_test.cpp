// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/vault/message_sealer.h"

#include "tests/core/vault/test_vault.h"

namespace gx::test {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class MessageSealerTest : public VaultTest {
 protected:
  vault::MessageSealer &sealer() { return alice->vault().sealer(); }
  static std::vector<model::DeviceAddress> targets(const vault::SealedMessage &message) {
    std::vector<model::DeviceAddress> result;
    for (const auto &envelope : message.envelopes) result.push_back(envelope.to);
    return result;
  }
};

TEST_F(MessageSealerTest, PlansWhatMustBeFetched) {
  const auto id = alice->queues(chat, u"hello"_s);

  const auto before = must(sealer().plan(id));
  alice->fetchesManifest(bobUser);
  const auto after = must(sealer().plan(id));

  EXPECT_EQ(before.needManifest, std::vector<UserId>{bobUser});
  EXPECT_EQ(await(sealer().seal(ClientMessageId{{1}}, {})).error().kind, ErrorKind::NotFound);
  EXPECT_TRUE(after.needManifest.empty());
  EXPECT_EQ(after.recipients, (std::vector<model::DeviceAddress>{bob->self, laptop->self}));
  EXPECT_EQ(after.needBundle, after.recipients);
  EXPECT_EQ(await(sealer().seal(id, {})).error().code, vault::codes::kNeedsBundle);
}

TEST_F(MessageSealerTest, SealsForEveryDeviceButItself) {
  const auto sealed = alice->seals(alice->queues(chat, u"hello"_s));

  EXPECT_EQ(targets(sealed), (std::vector<model::DeviceAddress>{laptop->self, bob->self}));
  EXPECT_EQ(sealed.envelopes[1].registrationId, relay.keys[bob->self].registrationId);
  EXPECT_EQ(sealed.envelopes[1].ciphertext.type, crypto::CiphertextType::PreKey);
}

TEST_F(MessageSealerTest, GivesTheVerySameBytesAfterACrash) {
  const auto id = alice->queues(chat, u"hello"_s);
  const auto sealed = alice->seals(id);
  alice->restarts();  // C4

  EXPECT_TRUE(must(sealer().plan(id)).isSealed);
  EXPECT_EQ(must(sealer().seal(id, {})), sealed);
}

TEST_F(MessageSealerTest, LeavesNoRatchetStepBehindWhenItFails) {
  alice->sends(chat, u"opens the sessions"_s);
  settles();
  auto tablet = joins(aliceUser, 14, 60);
  lists(*alice, *tablet);
  const auto id = alice->queues(chat, u"two of three"_s);

  EXPECT_EQ(await(sealer().seal(id, {})).error().code, vault::codes::kNeedsBundle);  // rolled back: C3
  EXPECT_FALSE(must(sealer().plan(id)).isSealed);
  alice->drains();
  const auto openings = bob->receives();

  ASSERT_EQ(openings.back().kind, vault::OpeningKind::Applied);
  EXPECT_EQ(bob->texts(chat).back(), u"two of three"_s);
}

TEST_F(MessageSealerTest, A117_RefusesABundleOfAnotherIdentity) {
  const auto id = alice->queues(chat, u"hello"_s);
  alice->fetchesManifest(bobUser);
  auto bundles = relay.bundles({bob->self, laptop->self});
  bundles[0].identityKey = bundles[1].identityKey;

  const auto sealed = await(sealer().seal(id, bundles));

  ASSERT_FALSE(sealed);
  EXPECT_EQ(sealed.error().kind, ErrorKind::Untrusted);
  EXPECT_FALSE(must(sealer().plan(id)).isSealed);
}

TEST_F(MessageSealerTest, AddsAMissingDeviceAndKeepsTheOtherBytes) {
  const auto id = alice->queues(chat, u"hello"_s);
  const auto sealed = alice->seals(id);
  auto phone = joins(bobUser, 22, 61);
  lists(*bob, *phone);
  vault::DeviceMismatch mismatch;
  mismatch.missing = {phone->self};

  EXPECT_EQ(await(sealer().amend(id, mismatch, {})).error().code, vault::codes::kUnknownDevice);
  alice->fetchesManifest(bobUser);
  EXPECT_EQ(must(sealer().sessionless({phone->self, bob->self})), mismatch.missing);
  const auto amended = must(sealer().amend(id, mismatch, relay.bundles(mismatch.missing)));
  const auto answer = relay.post(alice->self, amended);
  must(alice->vault().outbox().markSent(id, answer.id, answer.time));
  phone->receives();

  ASSERT_EQ(amended.envelopes.size(), 3U);
  EXPECT_EQ(amended.envelopes[0], sealed.envelopes[0]);
  EXPECT_EQ(amended.envelopes[1], sealed.envelopes[1]);
  EXPECT_EQ(phone->texts(chat), std::vector<QString>{u"hello"_s});
}

TEST_F(MessageSealerTest, DoesNotBelieveInDevicesOfOtherPeople) {
  const UserId malloryUser{{66}};
  relay.accounts[malloryUser] = {malloryUser, u"mallory@gxcoin.test"_s, {}, {}};
  TestDevice mallory(relay, clock, {malloryUser, DeviceId{66}}, u"mallory@gxcoin.test"_s, 66);
  mallory.uploadsKeys();
  lists(mallory, mallory);
  alice->fetchesManifest(malloryUser);  // known and trusted, but not of this conversation
  const auto id = alice->queues(chat, u"hello"_s);
  alice->seals(id);
  vault::DeviceMismatch mismatch;
  mismatch.missing = {mallory.self};

  const auto amended = await(sealer().amend(id, mismatch, relay.bundles({mallory.self})));

  EXPECT_EQ(amended.error().code, vault::codes::kUnknownDevice);
  EXPECT_EQ(must(sealer().seal(id, {})).envelopes.size(), 2U);
}

TEST_F(MessageSealerTest, DropsExtraAndSealsAnewForStale) {
  const auto id = alice->queues(chat, u"hello"_s);
  const auto sealed = alice->seals(id);
  vault::DeviceMismatch mismatch;
  mismatch.extra = {{UserId{}, laptop->self.device}};  // the relay does not say whose it is
  mismatch.stale = {bob->self};

  EXPECT_EQ(await(sealer().amend(id, mismatch, {})).error().code, vault::codes::kNeedsBundle);
  const auto amended = must(sealer().amend(id, mismatch, relay.bundles({bob->self})));

  ASSERT_EQ(targets(amended), std::vector<model::DeviceAddress>{bob->self});
  EXPECT_NE(amended.envelopes[0].ciphertext, sealed.envelopes[1].ciphertext);
  relay.post(alice->self, amended);
  bob->receives();
  EXPECT_EQ(bob->texts(chat), std::vector<QString>{u"hello"_s});
}

TEST_F(MessageSealerTest, NumbersMessagesWithoutHolesWhenOneIsRefused) {
  alice->sends(chat, u"1"_s);
  const auto refused = alice->queues(chat, u"refused"_s);
  alice->seals(refused);
  must(alice->vault().outbox().markFailed(refused, "too_large"));
  alice->sends(chat, u"2"_s);
  bob->receives();

  const auto lines = bob->history(chat);

  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].key.chainSequence + 1, lines[1].key.chainSequence);
}

TEST_F(MessageSealerTest, WantsABundleAfterFourteenDaysWithoutAnAnswer) {
  alice->sends(chat, u"anybody there?"_s);
  clock.advance(24h * 15);

  const auto plan = must(sealer().plan(alice->queues(chat, u"hello?"_s)));

  EXPECT_EQ(plan.needBundle, (std::vector<model::DeviceAddress>{bob->self, laptop->self}));
  alice->drains();
  bob->receives();
  EXPECT_EQ(bob->texts(chat), (std::vector<QString>{u"anybody there?"_s, u"hello?"_s}));
}

}  // namespace

}  // namespace gx::test
