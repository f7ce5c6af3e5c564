// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/deferred_effect_store.h"

#include "tests/core/store/test_store.h"

namespace gx::test {

namespace {

class DeferredEffectStoreTest : public StoreTest {
 protected:
  void puts(UserId from, const QByteArray &payload, qint64 keptAt = 5) {
    must(effects.put({0, chat, alice, target, {from, DeviceId{2}}, payload, fromMillis(4), fromMillis(keptAt)}));
  }
  store::DeferredEffectStore effects{*database};
  const ClientMessageId target = idOf<ClientMessageId>(1);
};

TEST_F(DeferredEffectStoreTest, GivesThemOnceInTheOrderTheyCame) {
  puts(bob, "first");
  puts(alice, "second");
  puts(bob, "third");

  const auto taken = must(effects.take(alice, target));

  ASSERT_EQ(taken.size(), 3U);
  EXPECT_EQ(taken[0].payload, "first");
  EXPECT_EQ(taken[0].sender, (model::DeviceAddress{bob, DeviceId{2}}));
  EXPECT_EQ(taken[0].conversation, chat);
  EXPECT_EQ(taken[1].payload, "second");
  EXPECT_EQ(taken[2].payload, "third");
  EXPECT_TRUE(must(effects.take(alice, target)).empty());
}

TEST_F(DeferredEffectStoreTest, GivesThoseOfOneMessageAlone) {
  puts(bob, "mine");
  must(effects.put({0, chat, bob, target, {bob, DeviceId{2}}, "of another author", fromMillis(4), fromMillis(5)}));
  must(effects.put(
      {0, chat, alice, idOf<ClientMessageId>(2), {bob, DeviceId{2}}, "of another id", fromMillis(4), fromMillis(5)}));

  EXPECT_EQ(must(effects.take(alice, target)).size(), 1U);
  EXPECT_EQ(count("SELECT count(*) FROM deferred_effect"), 2);
}

TEST_F(DeferredEffectStoreTest, HasALimitPerPerson) {
  for (int i = 0; i < 210; ++i) puts(bob, QByteArray::number(i));
  puts(alice, "of somebody else");

  const auto taken = must(effects.take(alice, target));

  ASSERT_EQ(taken.size(), std::size_t{store::DeferredEffectStore::kMaxPerPerson} + 1);
  EXPECT_EQ(taken[0].payload, "0");
  EXPECT_EQ(taken[199].payload, "199");
  EXPECT_EQ(taken[200].payload, "of somebody else");
}

TEST_F(DeferredEffectStoreTest, ForgetsWhatIsOld) {
  puts(bob, "old", 5);
  puts(bob, "young", 6);
  must(effects.forget(fromMillis(6)));

  const auto left = must(effects.take(alice, target));
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left[0].payload, "young");
}

}  // namespace

}  // namespace gx::test
