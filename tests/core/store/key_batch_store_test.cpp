// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/key_batch_store.h"

#include "core/store/signal_key_store.h"
#include "tests/core/store/test_store.h"

namespace gx::test {

namespace {

class KeyBatchStoreTest : public StoreTest {
 protected:
  static crypto::StoredSignedPreKey signedKey(quint32 id, qint64 millis) {
    return {id, "public", "signature", "record", "last" + QByteArray::number(id), "last record", fromMillis(millis)};
  }
  store::SignalKeyStore keys{*database};
  store::KeyBatchStore batches{*database};
};

TEST_F(KeyBatchStoreTest, GathersKeysIntoBatchesOfTheirOwn) {
  must(keys.putPreKey({1, "a", "r"}));
  must(keys.putSignedPreKey(signedKey(1, 0)));
  const auto first = must(batches.gather(false, true));
  EXPECT_FALSE(must(batches.hasUngathered()));
  must(keys.putPreKey({2, "b", "r"}));
  EXPECT_TRUE(must(batches.hasUngathered()));
  const auto second = must(batches.gather(false, false));

  EXPECT_EQ(must(batches.open())->number, first.number);
  EXPECT_TRUE(must(batches.open())->namesIdentity);
  EXPECT_EQ(must(batches.preKeys(first.number)), (std::vector<crypto::PublicPreKey>{{1, "a"}}));
  EXPECT_EQ(must(batches.signedPreKey(first.number))->lastResortKey, "last1");
  must(batches.confirm(first.number));
  EXPECT_EQ(must(batches.open())->number, second.number);
  EXPECT_FALSE(must(batches.signedPreKey(second.number)));
  EXPECT_EQ(must(batches.preKeyPublic(1)), "a");
  EXPECT_FALSE(must(batches.preKeyPublic(9)));
}

TEST_F(KeyBatchStoreTest, LetsAResetReplaceWhatWasOnItsWay) {
  must(keys.putPreKey({1, "a", "r"}));
  must(keys.putSignedPreKey(signedKey(1, 0)));
  static_cast<void>(must(batches.gather(false, true)));
  must(batches.retireAll(fromMillis(100)));
  must(keys.putPreKey({2, "b", "r"}));
  const auto reset = must(batches.gather(true, false));

  EXPECT_EQ(must(batches.open())->number, reset.number);
  EXPECT_TRUE(must(batches.open())->isReset);
  EXPECT_EQ(must(batches.preKeys(reset.number)), (std::vector<crypto::PublicPreKey>{{2, "b"}}));
}

TEST_F(KeyBatchStoreTest, KeepsRetiredPreKeysForAWhile) {
  must(keys.putPreKey({1, "a", "r"}));
  static_cast<void>(must(batches.gather(false, true)));
  must(batches.retireAll(fromMillis(100)));

  EXPECT_FALSE(must(batches.open()));
  must(batches.forget(fromMillis(100), fromMillis(0)));
  EXPECT_TRUE(must(keys.preKey(1)));
  must(batches.forget(fromMillis(101), fromMillis(0)));
  EXPECT_FALSE(must(keys.preKey(1)));
}

TEST_F(KeyBatchStoreTest, KnowsTheNewestSignedPreKeyAndAllLastResorts) {
  EXPECT_FALSE(must(batches.newestSignedPreKey()));
  must(keys.putSignedPreKey(signedKey(1, 0)));
  must(keys.putSignedPreKey(signedKey(2, 10)));

  EXPECT_EQ(must(batches.newestSignedPreKey()), signedKey(2, 10));
  EXPECT_EQ(must(batches.lastResortPublics()), (std::vector<QByteArray>{"last1", "last2"}));
}

TEST_F(KeyBatchStoreTest, ForgetsReplacedSignedPreKeysOnceTheyAreConfirmed) {
  must(keys.putSignedPreKey(signedKey(1, 0)));
  must(keys.putSignedPreKey(signedKey(2, 10)));
  must(batches.markReplaced(fromMillis(10)));
  const auto batch = must(batches.gather(false, false));
  must(batches.forget(fromMillis(0), fromMillis(99)));
  EXPECT_TRUE(must(keys.signedPreKey(1))) << "still on its way";

  must(batches.confirm(batch.number));
  must(batches.forget(fromMillis(0), fromMillis(10)));
  EXPECT_TRUE(must(keys.signedPreKey(1))) << "not old enough";
  must(batches.forget(fromMillis(0), fromMillis(11)));
  EXPECT_FALSE(must(keys.signedPreKey(1)));
  EXPECT_TRUE(must(keys.signedPreKey(2)));
}

}  // namespace

}  // namespace gx::test
