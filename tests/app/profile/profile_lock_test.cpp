// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/profile/profile_lock.h"

#include <gtest/gtest.h>

#include <QFile>
#include <optional>

#include "tests/support/temp_folder.h"

namespace gx::app {
namespace {

using namespace Qt::StringLiterals;

TEST(ProfileLock, A134_IsTakenOnceAndNamesItsHolder) {
  const test::TempFolder folder;
  std::optional<ProfileLock> first = std::move(*ProfileLock::take(folder.path()));

  const auto second = ProfileLock::take(folder.path());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, "profile_in_use");
  EXPECT_TRUE(second.error().detail.contains("process")) << second.error().detail.constData();

  first.reset();
  EXPECT_TRUE(ProfileLock::take(folder.path()));
}

TEST(ProfileLock, AFolderThatIsNotThereSaysSo) {
  const auto lock = ProfileLock::take(u"/nonexistent/profile"_s);

  ASSERT_FALSE(lock);
  EXPECT_EQ(lock.error().code, "profile_not_writable");
}

TEST(ProfileLock, DoesNotFollowALink) {
  const test::TempFolder folder;
  ASSERT_TRUE(QFile::link(folder.file(u"elsewhere"_s), folder.file(u"lock"_s)));

  EXPECT_FALSE(ProfileLock::take(folder.path()));
}

}  // namespace
}  // namespace gx::app
