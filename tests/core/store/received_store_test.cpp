// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/received_store.h"

#include "tests/core/store/test_store.h"

namespace gx::test {

namespace {

class ReceivedStoreTest : public StoreTest {
 protected:
  store::ReceivedStore received{*database};
  const model::DeviceAddress sender{bob, DeviceId{2}};
};

TEST_F(ReceivedStoreTest, SeesALetterOnce) {
  EXPECT_FALSE(must(received.hasLetter(idOf<MessageId>(1))));
  must(received.addLetter(idOf<MessageId>(1), fromMillis(10)));
  must(received.addLetter(idOf<MessageId>(1), fromMillis(99)));

  EXPECT_TRUE(must(received.hasLetter(idOf<MessageId>(1))));
  EXPECT_FALSE(must(received.hasLetter(idOf<MessageId>(2))));
  EXPECT_EQ(count("SELECT count(*) FROM seen_letter"), 1);
}

TEST_F(ReceivedStoreTest, SeesAContentOncePerSendingDevice) {
  const auto id = idOf<ClientMessageId>(1);

  EXPECT_TRUE(must(received.addContent(sender, id, fromMillis(10))));
  EXPECT_FALSE(must(received.addContent(sender, id, fromMillis(10))));
  EXPECT_TRUE(must(received.addContent({bob, DeviceId{3}}, id, fromMillis(10))));
  EXPECT_TRUE(must(received.addContent({alice, DeviceId{2}}, id, fromMillis(10))));
  EXPECT_TRUE(must(received.addContent(sender, idOf<ClientMessageId>(2), fromMillis(10))));
}

TEST_F(ReceivedStoreTest, ForgetsWhatIsOldAndNothingElse) {
  must(received.addLetter(idOf<MessageId>(1), fromMillis(10)));
  must(received.addLetter(idOf<MessageId>(2), fromMillis(20)));
  EXPECT_TRUE(must(received.addContent(sender, idOf<ClientMessageId>(1), fromMillis(10))));
  EXPECT_TRUE(must(received.addContent(sender, idOf<ClientMessageId>(2), fromMillis(20))));

  must(received.forget(fromMillis(20)));

  EXPECT_FALSE(must(received.hasLetter(idOf<MessageId>(1))));
  EXPECT_TRUE(must(received.hasLetter(idOf<MessageId>(2))));
  EXPECT_TRUE(must(received.addContent(sender, idOf<ClientMessageId>(1), fromMillis(30))));
  EXPECT_FALSE(must(received.addContent(sender, idOf<ClientMessageId>(2), fromMillis(30))));
}

}  // namespace

}  // namespace gx::test
