// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/profile/slot_choice.h"

#include <gtest/gtest.h>

#include <QFile>
#include <map>

#include "tests/support/await.h"
#include "tests/support/temp_folder.h"

namespace gx::app {
namespace {

using namespace Qt::StringLiterals;
using secrets::SlotKind;

// A keychain that works, or none at all.
class MemoryKeychain final : public secrets::SecretStore {
 public:
  explicit MemoryKeychain(bool isThere) : m_isThere(isThere) {}
  Async<SecretBytes> read(QString name) override {
    if (!m_isThere) co_return fail(ErrorKind::Unavailable, "none");
    const auto found = m_secrets.find(name);
    if (found == m_secrets.end()) co_return fail(ErrorKind::NotFound, "none");
    co_return found->second.copy();
  }
  Async<> write(QString name, SecretBytes secret) override {
    if (!m_isThere) co_return fail(ErrorKind::Unavailable, "none");
    m_secrets[name] = std::move(secret);
    co_return Result<>();
  }
  Async<> remove(QString name) override {
    m_secrets.erase(name);
    co_return Result<>();
  }
  void lose() { m_secrets.clear(); }

 private:
  bool m_isThere;
  std::map<QString, SecretBytes> m_secrets;
};

class SlotChoosing : public ::testing::Test {
 protected:
  QString passphraseFile(const QByteArray &text) const {
    const QString path = folder.file(u"passphrase"_s);
    QFile file(path);
    EXPECT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(text);
    file.close();
    QFile::setPermissions(path, QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    return path;
  }

  test::TempFolder folder;
  OsRandom random;
  MemoryKeychain keychain{true};
  MemoryKeychain noKeychain{false};
};

TEST_F(SlotChoosing, TheKeychainComesFirst) {
  secrets::KeySlots slots_(folder.path(), keychain, random);

  const auto made = test::await(SlotChoice(slots_, {}).create());
  ASSERT_TRUE(made);
  EXPECT_EQ(made->slot, SlotKind::Keychain);

  const auto opened = test::await(SlotChoice(slots_, {}).open());
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->key.view(), made->key.view());
}

TEST_F(SlotChoosing, WithoutKeychainOnlyGxCliMakesAKeyFile) {
  secrets::KeySlots slots_(folder.path(), noKeychain, random);

  const auto refused = test::await(SlotChoice(slots_, {}).create());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "no_slot_possible");

  SlotPolicy policy;
  policy.mayMakeKeyFile = true;
  const auto made = test::await(SlotChoice(slots_, policy).create());
  ASSERT_TRUE(made);
  EXPECT_EQ(made->slot, SlotKind::KeyFile);
  EXPECT_EQ(QFile::permissions(folder.file(u"key"_s)) & (QFileDevice::ReadGroup | QFileDevice::ReadOther),
            QFileDevice::Permissions());
}

TEST_F(SlotChoosing, APassphraseFileWinsAndAWrongOneIsNamed) {
  secrets::KeySlots slots_(folder.path(), keychain, random);
  SlotPolicy policy;
  policy.passphraseFile = passphraseFile("correct horse\n");
  const auto made = test::await(SlotChoice(slots_, policy).create());
  ASSERT_TRUE(made);
  EXPECT_EQ(made->slot, SlotKind::Passphrase);
  EXPECT_TRUE(test::await(SlotChoice(slots_, policy).open()));

  policy.passphraseFile = passphraseFile("battery staple");
  const auto refused = test::await(SlotChoice(slots_, policy).open());

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::Untrusted);
}

TEST_F(SlotChoosing, TheRecoveryCodeOpensWhenTheKeychainLostItsPart) {
  secrets::KeySlots slots_(folder.path(), keychain, random);
  const auto made = test::await(SlotChoice(slots_, {}).create());
  ASSERT_TRUE(made);
  const auto code = slots_.addRecoveryCode(made->key);
  ASSERT_TRUE(code);
  keychain.lose();
  EXPECT_EQ(test::await(SlotChoice(slots_, {}).open()).error().code, "no_slot_opened");

  SlotPolicy policy;
  policy.askRecoveryCode = [&] { return Result<QString>(*code); };
  const auto opened = test::await(SlotChoice(slots_, policy).open());

  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->slot, SlotKind::RecoveryCode);
  EXPECT_EQ(opened->key.view(), made->key.view());
}

TEST(PrivateFile, MustBeSmallRegularAndPrivate) {
  const test::TempFolder folder;
  EXPECT_EQ(readPrivateFile(folder.path()).error().code, "file_unfit");
  EXPECT_EQ(readPrivateFile(u"/dev/zero"_s).error().code, "file_unfit");
  EXPECT_EQ(readPrivateFile(folder.file(u"none"_s)).error().code, "file_not_found");
}

TEST_F(SlotChoosing, ReadsASecretOverALinkWithoutItsNewlines) {
  const QString link = folder.file(u"link"_s);
  ASSERT_TRUE(QFile::link(passphraseFile("horse\r\n\n"), link));
  EXPECT_EQ(*readPrivateFile(link), "horse");

  QFile::setPermissions(folder.file(u"passphrase"_s), QFileDevice::ReadOwner | QFileDevice::ReadGroup);
  EXPECT_EQ(readPrivateFile(link).error().code, "file_is_public");
}

}  // namespace
}  // namespace gx::app
