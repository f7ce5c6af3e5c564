// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/setting_store.h"

#include "tests/core/store/test_store.h"

namespace gx::test {

namespace {

using namespace Qt::StringLiterals;

class SettingStoreTest : public StoreTest {
 protected:
  store::SettingStore settings{*database};
};

TEST_F(SettingStoreTest, KnowsNothingThatWasNotSet) {
  EXPECT_FALSE(must(settings.value(u"theme"_s)));
  EXPECT_FALSE(must(settings.value(QString())));
}

TEST_F(SettingStoreTest, ReplacesAValueAndLeavesTheOthers) {
  must(settings.set(u"theme"_s, u"dark"_s));
  must(settings.set(u"scale"_s, u"1.5"_s));
  must(settings.set(u"theme"_s, u"light"_s));

  EXPECT_EQ(must(settings.value(u"theme"_s)), u"light"_s);
  EXPECT_EQ(must(settings.value(u"scale"_s)), u"1.5"_s);
  EXPECT_EQ(count("SELECT count(*) FROM setting"), 2);
}

TEST_F(SettingStoreTest, KeepsAnyTextAsItIs) {
  const QString hostile = u"'; DROP TABLE setting; -- \" \\ %_*\n"_s + QChar(0x202e) + u"\U0001F600 grüß"_s;
  must(settings.set(hostile, hostile));
  must(settings.set(u"empty"_s, QString()));
  opens();
  store::SettingStore again(*database);

  EXPECT_EQ(must(again.value(hostile)), hostile);
  EXPECT_EQ(must(again.value(u"empty"_s)), QString());
}

}  // namespace

}  // namespace gx::test
