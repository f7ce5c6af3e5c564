// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/quarantine_store.h"

#include "tests/core/store/test_store.h"

namespace gx::test {

namespace {

class QuarantineStoreTest : public StoreTest {
 protected:
  store::QuarantineRow row(unsigned char number) const {
    store::QuarantineRow result;
    result.letter = idOf<MessageId>(number);
    result.seq = number;
    result.conversation = chat;
    result.sender = device;
    result.ciphertext = {crypto::CiphertextType::Message, "bytes"};
    result.serverTime = fromMillis(9);
    result.cause = "invalid_message";
    result.expectedSequence = 4;
    result.nextTryAt = fromMillis(50);
    result.keptAt = fromMillis(10);
    return result;
  }
  store::QuarantineRow waits(unsigned char number, qint64 due) {
    auto result = row(number);
    result.state = store::QuarantineState::Waiting;
    result.nextTryAt = fromMillis(due);
    must(quarantine.put(result));
    return result;
  }
  store::QuarantineStore quarantine{*database};
  const model::DeviceAddress device{bob, DeviceId{2}};
};

TEST_F(QuarantineStoreTest, KeepsALetterAsItCame) {
  auto kept = row(1);
  must(quarantine.put(kept));
  EXPECT_EQ(must(quarantine.letter(kept.letter)), kept);
  kept.tries = 2;
  kept.cause = "stale_session";
  must(quarantine.put(kept));

  EXPECT_EQ(must(quarantine.letter(kept.letter)), kept);
  must(quarantine.remove(kept.letter));
  EXPECT_FALSE(must(quarantine.letter(kept.letter)));
}

TEST_F(QuarantineStoreTest, HoldsLettersOfAPersonInOrder) {
  auto late = row(3);
  late.seq = 100;
  must(quarantine.put(late));
  must(quarantine.put(row(5)));
  waits(6, 50);

  EXPECT_EQ(must(quarantine.heldSenders()), std::vector<UserId>{bob});
  EXPECT_EQ(must(quarantine.heldOf(bob)), (std::vector<store::QuarantineRow>{row(5), late}));
  EXPECT_TRUE(must(quarantine.heldOf(alice)).empty());
}

TEST_F(QuarantineStoreTest, TellsWhatIsDueAndWhen) {
  must(quarantine.put(row(1)));
  EXPECT_FALSE(must(quarantine.nextDue()));
  const auto second = waits(2, 70);
  const auto first = waits(3, 60);

  EXPECT_EQ(must(quarantine.nextDue()), fromMillis(60));
  EXPECT_TRUE(must(quarantine.due(fromMillis(59))).empty());
  EXPECT_EQ(must(quarantine.due(fromMillis(60))), std::vector<store::QuarantineRow>{first});
  EXPECT_EQ(must(quarantine.due(fromMillis(70))), (std::vector<store::QuarantineRow>{second, first}));
}

TEST_F(QuarantineStoreTest, FindsWhatARepetitionAnswers) {
  must(quarantine.put(row(1)));
  EXPECT_FALSE(must(quarantine.waitingAt(chat, device, 4))) << "held ones wait for a device list";
  const auto waiting = waits(2, 50);

  EXPECT_EQ(must(quarantine.waitingAt(chat, device, 4)), waiting);
  EXPECT_FALSE(must(quarantine.waitingAt(chat, device, 5)));
  EXPECT_FALSE(must(quarantine.waitingAt(chat, {bob, DeviceId{3}}, 4)));
  EXPECT_FALSE(must(quarantine.waitingAt(idOf<ConversationId>(9), device, 4)));
}

TEST_F(QuarantineStoreTest, ForgetsWhatIsOld) {
  must(quarantine.put(row(1)));
  must(quarantine.forget(fromMillis(10)));
  EXPECT_TRUE(must(quarantine.letter(idOf<MessageId>(1))));

  must(quarantine.forget(fromMillis(11)));
  EXPECT_FALSE(must(quarantine.letter(idOf<MessageId>(1))));
}

}  // namespace

}  // namespace gx::test
