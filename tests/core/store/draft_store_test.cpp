// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/draft_store.h"

#include "tests/core/store/test_store.h"

namespace gx::test {

namespace {

using namespace Qt::StringLiterals;

class DraftStoreTest : public StoreTest {
 protected:
  store::DraftStore drafts{*database};
  const ConversationId other = idOf<ConversationId>(9);
};

TEST_F(DraftStoreTest, KeepsQuoteAndEditTarget) {
  const model::Draft quoting{chat, u"half"_s, idOf<ClientMessageId>(1), std::nullopt, fromMillis(5)};
  const model::Draft editing{other, u"better"_s, std::nullopt, idOf<ClientMessageId>(2), fromMillis(6)};
  must(drafts.put(quoting));
  must(drafts.put(editing));

  EXPECT_EQ(must(drafts.draft(chat)), quoting);
  EXPECT_EQ(must(drafts.draft(other)), editing);
}

TEST_F(DraftStoreTest, KeepsOneAConversation) {
  must(drafts.put({chat, u"first"_s, idOf<ClientMessageId>(1), std::nullopt, fromMillis(5)}));
  const model::Draft second{chat, u"second"_s, std::nullopt, std::nullopt, fromMillis(7)};
  must(drafts.put(second));

  EXPECT_EQ(must(drafts.draft(chat)), second);
  EXPECT_EQ(count("SELECT count(*) FROM draft"), 1);
}

TEST_F(DraftStoreTest, RemovesOneAndAgain) {
  must(drafts.put({chat, u"gone"_s, {}, {}, fromMillis(5)}));
  must(drafts.put({other, u"stays"_s, {}, {}, fromMillis(5)}));
  must(drafts.remove(chat));
  must(drafts.remove(chat));

  EXPECT_FALSE(must(drafts.draft(chat)));
  EXPECT_TRUE(must(drafts.draft(other)));
}

}  // namespace

}  // namespace gx::test
