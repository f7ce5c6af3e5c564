// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/app/profile/profile_fixture.h"

namespace gx::app {
namespace {

using namespace Qt::StringLiterals;

class ProfileStoreTest : public ProfileTest {};

TEST_F(ProfileStoreTest, AStoreOfAnotherKeyIsRefused) {
  auto first = opens();
  ASSERT_TRUE(first);
  closes(first);
  ASSERT_TRUE(QFile::copy(in(u"store.db"_s), folder.file(u"foreign.db"_s)));
  options.folder = folder.file(u"other"_s);
  auto second = opens();
  ASSERT_TRUE(second);
  closes(second);
  ASSERT_TRUE(QFile::remove(in(u"store.db"_s)));
  ASSERT_TRUE(QFile::copy(folder.file(u"foreign.db"_s), in(u"store.db"_s)));

  const auto refused = opens();

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, vault::codes::kUnreadable);
}

TEST_F(ProfileStoreTest, AStoreThatIsGoneIsNotReplacedByAnEmptyOne) {
  auto first = opens();
  ASSERT_TRUE(first);
  closes(first);
  QFile store(in(u"store.db"_s));
  ASSERT_TRUE(store.rename(folder.file(u"away.db"_s)));

  const auto missing = opens();
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, "store_missing");
  EXPECT_FALSE(QFile::exists(in(u"store.db"_s)));

  QFile empty(in(u"store.db"_s));
  ASSERT_TRUE(empty.open(QIODevice::WriteOnly));
  empty.close();
  EXPECT_EQ(opens().error().code, "store_missing");
  EXPECT_EQ(empty.size(), 0);

  ASSERT_TRUE(empty.remove());
  ASSERT_TRUE(store.rename(in(u"store.db"_s)));
  auto restored = opens();
  ASSERT_TRUE(restored);
  closes(restored);
}

}  // namespace
}  // namespace gx::app
