// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/server/services/services_fixture.h"

// Case 49 of RELIABILITY.md: every id of another account is answered exactly as one that does not exist.
namespace gx::test {

class ForeignIdsTest : public ServicesTest {
 protected:
  ForeignIdsTest() {
    for (const char *name : {"alice@gxcoin.test", "bob@gxcoin.test", "mallory@gxcoin.test"}) hasAccount(name);
    alice = firstDevice("alice@gxcoin.test");
    bob = firstDevice("bob@gxcoin.test");
    mallory = firstDevice("mallory@gxcoin.test");
    chat = opensChat(alice, "bob@gxcoin.test");
    pending = deviceWithKeys("alice@gxcoin.test");
    EXPECT_TRUE(await(all->links.put(pending.who, {QByteArray(32, 'c'), {}, {}})));
    EXPECT_TRUE(sends(bob, message(chat, {alice})));
    heard.clear();
  }
  // Both refused, with the very same error.
  template <typename T>
  static void expectSame(const char *what, const Result<T> &foreign, const Result<T> &missing) {
    ASSERT_FALSE(foreign) << what;
    ASSERT_FALSE(missing) << what;
    EXPECT_EQ(foreign.error(), missing.error()) << what;
    EXPECT_EQ(foreign.error().code, "not_found") << what;
  }
  TestDevice alice, bob, mallory, pending;
  ConversationId chat;
  const UserId nobody{};
  const DeviceId noDevice{424242};
};

TEST_F(ForeignIdsTest, AreAnsweredLikeMissingOnes) {
  const domain::Principal &who = mallory.who;
  const UserId victim = alice.who.user;
  const wire::LinkAnswer answer{mallory.identity->publicKey.bytes(), QByteArray(16, 'm')};

  expectSame("conversation", await(all->conversations.find(who, chat)),
             await(all->conversations.find(who, ConversationId{})));
  expectSame("manifest", await(all->devices.manifest(who, victim, 0)), await(all->devices.manifest(who, nobody, 0)));
  expectSame("devices", await(all->keys.devicesOf(who, victim)), await(all->keys.devicesOf(who, nobody)));
  expectSame("bundles", await(all->keys.bundles(who, {victim, {alice.id()}})),
             await(all->keys.bundles(who, {nobody, {noDevice}})));
  expectSame("device", await(all->devices.remove(who, alice.id())), await(all->devices.remove(who, noDevice)));
  expectSame("pending device", await(all->devices.remove(who, pending.id())),
             await(all->devices.remove(who, noDevice)));
  expectSame("link", await(all->links.find(who, pending.id())), await(all->links.find(who, noDevice)));
  expectSame("link answer", await(all->links.answer(who, pending.id(), answer)),
             await(all->links.answer(who, noDevice, answer)));
  expectSame("typing", await(all->typing.note(who, {chat, true})),
             await(all->typing.note(who, {ConversationId{}, true})));
}

TEST_F(ForeignIdsTest, CannotBeWrittenTo) {
  const auto foreign = sends(mallory, message(chat, {alice, bob}));
  const auto missing = sends(mallory, message(ConversationId{}, {alice, bob}));

  ASSERT_FALSE(foreign || missing);
  EXPECT_EQ(foreign.error().error, missing.error().error);
  EXPECT_TRUE(foreign.error().missing.isEmpty());
  EXPECT_EQ(mailOf(alice).size(), 1);
  EXPECT_TRUE(heard.empty());
}

TEST_F(ForeignIdsTest, GiveNoBundleOfADeviceThatIsNotTheNamedPersons) {
  hasAccount("carol@gxcoin.test");
  opensChat(mallory, "bob@gxcoin.test");

  const auto mixed = await(all->keys.bundles(mallory.who, {bob.who.user, {alice.id(), pending.id(), noDevice}}));

  ASSERT_TRUE(mixed);
  EXPECT_TRUE(mixed->bundles.isEmpty());
  EXPECT_EQ(await(all->keys.count(alice.who))->preKeys, 2);  // none was taken
}

TEST_F(ForeignIdsTest, MailboxesAreADevicesOwn) {
  const TestDevice second = furtherDevice(alice, "alice@gxcoin.test");

  EXPECT_TRUE(mailOf(mallory).isEmpty());
  EXPECT_TRUE(mailOf(second).isEmpty());  // it became active later
  EXPECT_EQ(mailOf(alice).size(), 1);
}

}  // namespace gx::test
