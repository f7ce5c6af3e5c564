// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include <gtest/gtest.h>

#include "tests/core/messenger/person.h"

namespace gx {
namespace {

using namespace Qt::StringLiterals;
using test::Person;
using test::RelayProcess;
using test::waitUntil;

class RestoredRelay : public ::testing::Test {
 protected:
  void SetUp() override {
    alice.signsUp();
    bob.signsUp();
    alice.connects();
    bob.connects();
    chat = alice.talksTo(bob);
    ASSERT_EQ(bob.talksTo(alice), chat);
    alice.sends(chat, u"before"_s);
    ASSERT_TRUE(bob.sees(chat, u"before"_s));
  }
  void everybodyLeaves() {
    alice.disconnects();
    bob.disconnects();
  }
  void comesBack(Person &person) {
    person.reopens();
    person.connects();
  }
  void backsUp() {
    ASSERT_EQ(relay.stop(), 0);
    test::copyFiles(folder.path(), backup.path());
    relay.start();
  }
  void restores() {
    ASSERT_EQ(relay.stop(), 0);
    test::copyFiles(backup.path(), folder.path());
    relay.start();
  }
  bool bobSeesAll(const QString &pattern, int count) {
    return waitUntil([&] { return bob.texts(chat).filter(pattern).size() == count; }, std::chrono::seconds(20));
  }

  test::TempFolder folder;
  test::TempFolder backup;
  RelayProcess relay{{.folder = folder.path()}};
  Person alice{relay, "alice@example.org"};
  Person bob{relay, "bob@example.org"};
  ConversationId chat;
};

// The relay lost what Bob has, and has counted on past his cursor when he comes back. Nobody renews a token between the
// backup and the restoring: it would be lost too.
TEST_F(RestoredRelay, NothingUnseenIsAcknowledged) {
  backsUp();
  for (int i = 0; i < 4; ++i) alice.sends(chat, u"lost %1"_s.arg(i));
  ASSERT_TRUE(bobSeesAll(u"lost"_s, 4));
  everybodyLeaves();
  restores();
  comesBack(alice);
  for (int i = 0; i < 10; ++i) alice.sends(chat, u"new %1"_s.arg(i));

  comesBack(bob);

  EXPECT_TRUE(bobSeesAll(u"new"_s, 10)) << bob.texts(chat).join(u", ").toStdString();
  EXPECT_EQ(bob.texts(chat).filter(u"lost"_s).size(), 4);
  EXPECT_EQ(bob.texts(chat).last(), u"new 9"_s);
}

}  // namespace
}  // namespace gx
