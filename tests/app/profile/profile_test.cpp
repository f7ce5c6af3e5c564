// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/profile/profile.h"

#include <QDir>

#include "tests/app/profile/profile_fixture.h"

namespace gx::app {
namespace {

using namespace Qt::StringLiterals;
using secrets::SlotKind;
using test::await;

TEST_F(ProfileTest, OpeningWhatIsNotThereMakesNothing) {
  options.mayCreate = false;

  const auto opened = opens();

  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, "no_profile");
  EXPECT_FALSE(QFile::exists(options.folder));
}

TEST_F(ProfileTest, ANewOneIsForItsOwnerAlone) {
  auto opened = opens();

  ASSERT_TRUE(opened) << describe(opened.error()).toStdString();
  EXPECT_TRUE((*opened)->isNew());
  EXPECT_EQ((*opened)->openedBy(), SlotKind::KeyFile);
  EXPECT_EQ((*opened)->file().api, u"http://127.0.0.1:9"_s);
  constexpr auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther;
  for (const QString &path : {options.folder, in(u"key"_s), in(u"profile.json"_s), in(u"slots.json"_s)})
    EXPECT_EQ(QFile::permissions(path) & others, QFileDevice::Permissions()) << path.toStdString();
  closes(opened);
}

TEST_F(ProfileTest, TheSecondTimeItIsTheSame) {
  auto first = opens();
  ASSERT_TRUE(first);
  ASSERT_TRUE(await((*first)->vault().account().setSetting(u"theme"_s, u"dark"_s)));
  closes(first);
  options.mayCreate = false;
  options.relay = {};

  auto second = opens();

  ASSERT_TRUE(second) << describe(second.error()).toStdString();
  EXPECT_FALSE((*second)->isNew());
  EXPECT_EQ(await((*second)->vault().account().setting(u"theme"_s)).value(), u"dark"_s);
  EXPECT_EQ((*second)->file().api, u"http://127.0.0.1:9"_s);
  closes(second);
}

TEST_F(ProfileTest, InUseItIsLockedAndUnharmed) {
  auto first = opens();
  ASSERT_TRUE(first);

  const auto second = opens();

  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, ErrorKind::Locked);
  EXPECT_EQ(second.error().code, "profile_in_use");
  EXPECT_TRUE(await((*first)->vault().account().setSetting(u"a"_s, u"b"_s)));
  closes(first);
  auto third = opens();
  ASSERT_TRUE(third);
  closes(third);
}

TEST_F(ProfileTest, ANewRelayAddressIsKept) {
  auto first = opens();
  ASSERT_TRUE(first);
  closes(first);
  options.relay = {u"https://relay.example.org"_s, {}, u"none"_s};
  auto second = opens();
  ASSERT_TRUE(second);
  closes(second);
  options.relay = {};

  auto third = opens();

  ASSERT_TRUE(third);
  EXPECT_EQ((*third)->file().api, u"https://relay.example.org"_s);
  EXPECT_EQ((*third)->file().proxy, u"none"_s);
  EXPECT_EQ((*third)->session().relay().address().api().host(), u"relay.example.org"_s);
  closes(third);
}

TEST_F(ProfileTest, ARefusedAddressChangesNothing) {
  auto first = opens();
  ASSERT_TRUE(first);
  closes(first);
  options.relay.relay = u"http://relay.example.org"_s;

  const auto refused = opens();

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "insecure_address");
  EXPECT_EQ(ProfileFile::read(options.folder)->api, u"http://127.0.0.1:9"_s);
}

TEST_F(ProfileTest, WithoutARelayNoKeyIsMade) {
  options.relay = {};

  const auto refused = opens();

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "relay_missing");
  EXPECT_FALSE(QFile::exists(in(u"key"_s)));
  EXPECT_FALSE(QFile::exists(in(u"store.db"_s)));
}

TEST_F(ProfileTest, ADamagedProfileFileIsNotOverwritten) {
  auto first = opens();
  ASSERT_TRUE(first);
  closes(first);
  QFile file(in(u"profile.json"_s));
  ASSERT_TRUE(file.open(QIODevice::WriteOnly));
  file.write("{half");
  file.close();

  const auto refused = opens();

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "profile_damaged");
  ASSERT_TRUE(file.open(QIODevice::ReadOnly));
  EXPECT_EQ(file.readAll(), "{half");
}

TEST_F(ProfileTest, AFolderThatCannotBeMadeSaysSo) {
  options.folder = u"/proc/none/profile"_s;

  const auto refused = opens();

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "profile_not_writable");
}

TEST_F(ProfileTest, NoSlotAtAllIsRefusedWhereNoKeyFileMayBe) {
  options.slots_.mayMakeKeyFile = false;

  const auto refused = opens();

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "no_slot_possible");
  EXPECT_FALSE(QFile::exists(in(u"store.db"_s)));
}

TEST_F(ProfileTest, AWrongPassphraseOpensNothing) {
  passphraseIs("correct horse\n");
  auto first = opens();
  ASSERT_TRUE(first);
  EXPECT_EQ((*first)->openedBy(), SlotKind::Passphrase);
  EXPECT_FALSE(QFile::exists(in(u"key"_s)));
  closes(first);

  passphraseIs("battery staple\n");
  const auto wrong = opens();
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().kind, ErrorKind::Untrusted);

  options.slots_.passphraseFile.clear();
  const auto none = opens();
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, "no_slot_opened");

  passphraseIs("correct horse");
  auto right = opens();
  ASSERT_TRUE(right);
  closes(right);
}

TEST_F(ProfileTest, TheRecoveryCodeOpensWhenTheKeyFileIsGone) {
  auto first = opens();
  ASSERT_TRUE(first);
  const auto code = (*first)->makeRecoveryCode();
  ASSERT_TRUE(code);
  ASSERT_TRUE(await((*first)->vault().account().setSetting(u"kept"_s, u"yes"_s)));
  closes(first);
  ASSERT_TRUE(QFile::remove(in(u"key"_s)));

  const auto without = opens();
  ASSERT_FALSE(without);
  EXPECT_EQ(without.error().code, "no_slot_opened");

  options.slots_.askRecoveryCode = [&] { return Result<QString>(*code); };
  auto second = opens();
  ASSERT_TRUE(second) << describe(second.error()).toStdString();
  EXPECT_EQ((*second)->openedBy(), SlotKind::RecoveryCode);
  EXPECT_EQ(await((*second)->vault().account().setting(u"kept"_s)).value(), u"yes"_s);
  closes(second);
}

TEST_F(ProfileTest, ErasingLeavesNothingToOpen) {
  auto opened = opens();
  ASSERT_TRUE(opened);
  ASSERT_TRUE((*opened)->makeRecoveryCode());

  ASSERT_TRUE(await((*opened)->erase()));
  opened->reset();

  QStringList left = QDir(options.folder).entryList(QDir::Files);
  left.removeAll(u"lock"_s);
  EXPECT_TRUE(left.isEmpty()) << left.join(u' ').toStdString();
  options.mayCreate = false;
  EXPECT_EQ(opens().error().code, "no_profile");
}

TEST_F(ProfileTest, AfterErasingTheFolderServesAnew) {
  auto opened = opens();
  ASSERT_TRUE(opened);
  ASSERT_TRUE(await((*opened)->vault().account().setSetting(u"old"_s, u"yes"_s)));
  ASSERT_TRUE(await((*opened)->erase()));
  opened->reset();

  auto again = opens();

  ASSERT_TRUE(again);
  EXPECT_TRUE((*again)->isNew());
  EXPECT_FALSE(await((*again)->vault().account().setting(u"old"_s)).value().has_value());
  closes(again);
}

TEST_F(ProfileTest, ClosingTwiceIsNoHarm) {
  auto opened = opens();
  ASSERT_TRUE(opened);

  await((*opened)->close());
  await((*opened)->close());

  opened->reset();
}

}  // namespace
}  // namespace gx::app
