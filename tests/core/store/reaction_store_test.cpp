// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/reaction_store.h"

#include "core/store/message_store.h"
#include "tests/core/store/test_store.h"

namespace gx::test {

namespace {

using namespace Qt::StringLiterals;

class ReactionStoreTest : public StoreTest {
 protected:
  ReactionStoreTest() {
    store::MessageRow row;
    row.message.conversation = chat;
    row.message.sender = {alice, DeviceId{1}};
    row.message.id = idOf<ClientMessageId>(1);
    line = must(messages.insert(row));
  }
  store::MessageStore messages{*database};
  store::ReactionStore reactions{*database};
  qint64 line = 0;
};

TEST_F(ReactionStoreTest, KeepsOnePerPersonAndSign) {
  must(reactions.put(line, bob, u"👍"_s));
  must(reactions.put(line, bob, u"👍"_s));
  must(reactions.put(line, bob, u"❤️"_s));
  must(reactions.put(line, alice, u"👍"_s));

  const auto all = must(reactions.of(line));
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0], (model::MessageReaction{alice, u"👍"_s}));
  EXPECT_EQ(all[1].user, bob);
  EXPECT_EQ(all[2].user, bob);
}

TEST_F(ReactionStoreTest, HasALimitPerPerson) {
  for (int i = 0; i < 30; ++i) must(reactions.put(line, bob, QString::number(i)));
  must(reactions.put(line, alice, u"👍"_s));

  EXPECT_EQ(must(reactions.of(line)).size(), std::size_t{store::ReactionStore::kMaxPerPerson} + 1);
}

TEST_F(ReactionStoreTest, RemovesOneOrAll) {
  must(reactions.put(line, bob, u"👍"_s));
  must(reactions.put(line, bob, u"❤️"_s));
  must(reactions.put(line, alice, u"👍"_s));
  must(reactions.remove(line, bob, u"👍"_s));
  must(reactions.remove(line, bob, u"👍"_s));
  EXPECT_EQ(must(reactions.of(line)).size(), 2U);

  must(reactions.removeAll(line));
  EXPECT_TRUE(must(reactions.of(line)).empty());
}

TEST_F(ReactionStoreTest, GoesWithItsLine) {
  must(reactions.put(line, bob, u"👍"_s));
  must(messages.remove(line));

  EXPECT_EQ(count("SELECT count(*) FROM reaction"), 0);
  EXPECT_EQ(reactions.put(line, bob, u"👍"_s).error().kind, ErrorKind::Conflict);
}

}  // namespace

}  // namespace gx::test
