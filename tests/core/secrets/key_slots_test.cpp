// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/secrets/key_slots.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <QFile>

#include "core/secrets/private_file.h"
#include "tests/core/secrets/in_memory_secret_store.h"
#include "tests/support/await.h"
#include "tests/support/fixed_random.h"
#include "tests/support/temp_folder.h"

namespace gx::secrets {
namespace {

using namespace Qt::StringLiterals;

constexpr crypto::PassphraseCost kCheapCost{1, 8ULL * 1024 * 1024};

SecretBytes phrase(QByteArrayView text) {
  return SecretBytes(text);
}

struct ProfileSlots : testing::Test {
  ProfileSlots() : key(*slots.makeKey()) {}

  void addKeychain() { ASSERT_TRUE(test::await(slots.addKeychain(key.copy()))); }
  void addPassphrase() { ASSERT_TRUE(slots.addPassphrase(key, phrase("correct horse"), kCheapCost)); }
  [[nodiscard]] bool isOurKey(const Result<SecretBytes> &opened) const {
    return opened && opened->view() == key.view();
  }
  [[nodiscard]] Result<SecretBytes> openKeychain() { return test::await(slots.openWithKeychain()); }

  test::TempFolder folder;
  test::InMemorySecretStore keychain;
  test::FixedRandom random;
  KeySlots slots{folder.path(), keychain, random};
  SecretBytes key;
};

TEST_F(ProfileSlots, StartWithANewKeyInMemoryOnly) {
  EXPECT_EQ(key.size(), 32);
  EXPECT_EQ(slots.kinds().error().kind, ErrorKind::NotFound);
  EXPECT_NE(slots.makeKey()->view(), key.view());
}

TEST_F(ProfileSlots, NeverMakeANewKeyOverSlotsOrADatabase) {
  addPassphrase();
  EXPECT_EQ(slots.makeKey().error().kind, ErrorKind::Conflict);

  const test::TempFolder other;
  QFile database(other.file(u"store.db"_s));
  ASSERT_TRUE(database.open(QIODevice::WriteOnly));
  KeySlots orphaned(other.path(), keychain, random);
  EXPECT_EQ(orphaned.makeKey().error().kind, ErrorKind::Conflict);
}

TEST_F(ProfileSlots, EachOpenAlone) {
  addKeychain();
  addPassphrase();
  const auto code = slots.addRecoveryCode(key);
  ASSERT_TRUE(code);
  ASSERT_TRUE(slots.addKeyFile(key));

  EXPECT_EQ(*slots.kinds(),
            (std::vector{SlotKind::Keychain, SlotKind::Passphrase, SlotKind::RecoveryCode, SlotKind::KeyFile}));
  EXPECT_TRUE(isOurKey(openKeychain()));
  EXPECT_TRUE(isOurKey(slots.openWithPassphrase(phrase("correct horse"))));
  EXPECT_TRUE(isOurKey(slots.openWithRecoveryCode(*code)));
  EXPECT_TRUE(isOurKey(slots.openWithRecoveryCode(code->toLower())));
  EXPECT_TRUE(isOurKey(slots.openWithKeyFile()));
}

TEST_F(ProfileSlots, RefuseAWrongPassphraseAndCode) {
  addPassphrase();
  ASSERT_TRUE(slots.addRecoveryCode(key));

  EXPECT_EQ(slots.openWithPassphrase(phrase("wrong horse")).error().kind, ErrorKind::Untrusted);
  EXPECT_EQ(slots.openWithRecoveryCode(QString(32, u'A')).error().kind, ErrorKind::Untrusted);
  EXPECT_EQ(slots.openWithRecoveryCode(u"hello"_s).error().kind, ErrorKind::Invalid);
}

TEST_F(ProfileSlots, TellThatThereIsNoSuchSlot) {
  EXPECT_EQ(slots.openWithKeyFile().error().kind, ErrorKind::NotFound);
  addPassphrase();
  EXPECT_EQ(slots.openWithKeyFile().error().code, "no_such_slot");
  EXPECT_EQ(slots.openWithRecoveryCode(QString(32, u'A')).error().code, "no_such_slot");
  EXPECT_EQ(openKeychain().error().code, "no_such_slot");
}

TEST_F(ProfileSlots, KeepNoKeyInTheOpen) {
  addKeychain();
  addPassphrase();
  const QByteArray text = *readPrivateFile(folder.file(u"slots.json"_s), 100'000);

  EXPECT_FALSE(text.contains(key.view().toByteArray().toBase64()));
  for (const auto &[name, secret] : keychain.secrets) EXPECT_NE(secret, key.view());
}

TEST_F(ProfileSlots, WaitForALockedKeychainInsteadOfStartingAnew) {
  addKeychain();
  const auto before = *readPrivateFile(folder.file(u"slots.json"_s), 100'000);
  keychain.failure = ErrorKind::NotFound;  // what a locked keyring answers

  EXPECT_EQ(openKeychain().error().kind, ErrorKind::NotFound);
  EXPECT_EQ(slots.makeKey().error().kind, ErrorKind::Conflict);
  EXPECT_EQ(*readPrivateFile(folder.file(u"slots.json"_s), 100'000), before);
  keychain.failure.reset();
  EXPECT_TRUE(isOurKey(openKeychain()));
}

TEST_F(ProfileSlots, AddNothingWhenTheKeychainFails) {
  keychain.failure = ErrorKind::Unavailable;

  EXPECT_EQ(test::await(slots.addKeychain(key.copy())).error().kind, ErrorKind::Unavailable);
  EXPECT_EQ(slots.kinds().error().kind, ErrorKind::NotFound);
}

TEST_F(ProfileSlots, RefuseASecretOfAnotherProfile) {
  addKeychain();
  keychain.secrets.begin()->second = QByteArray(32, 'x');

  EXPECT_EQ(openKeychain().error().kind, ErrorKind::Untrusted);
}

TEST_F(ProfileSlots, ReplaceTheKeychainSecretWithoutAGap) {
  addKeychain();
  const auto old = keychain.secrets;
  addKeychain();

  EXPECT_EQ(keychain.secrets.size(), 1U);
  EXPECT_NE(keychain.secrets, old);
  EXPECT_TRUE(isOurKey(openKeychain()));
}

TEST_F(ProfileSlots, StillOpenAfterACrashBetweenKeychainAndFile) {
  addKeychain();
  const auto oldFile = *readPrivateFile(folder.file(u"slots.json"_s), 100'000);
  const auto oldSecrets = keychain.secrets;
  addKeychain();
  keychain.secrets.insert(oldSecrets.begin(), oldSecrets.end());  // the new secret is there, the file was not written
  ASSERT_TRUE(writePrivateFile(folder.file(u"slots.json"_s), oldFile));

  EXPECT_TRUE(isOurKey(openKeychain()));
}

TEST_F(ProfileSlots, ReplaceThePassphrase) {
  addPassphrase();
  ASSERT_TRUE(slots.addPassphrase(key, phrase("battery staple"), kCheapCost));

  EXPECT_FALSE(slots.openWithPassphrase(phrase("correct horse")));
  EXPECT_TRUE(isOurKey(slots.openWithPassphrase(phrase("battery staple"))));
  EXPECT_EQ(slots.kinds()->size(), 1U);
  EXPECT_FALSE(slots.addPassphrase(key, phrase(""), kCheapCost));
}

TEST_F(ProfileSlots, UseAKeyFileThatIsThereAgain) {
  ASSERT_TRUE(slots.addKeyFile(key));
  const auto before = *readPrivateFile(folder.file(u"key"_s), 100);
  ASSERT_TRUE(slots.addKeyFile(key));

  EXPECT_EQ(*readPrivateFile(folder.file(u"key"_s), 100), before);
  EXPECT_TRUE(isOurKey(slots.openWithKeyFile()));
}

TEST_F(ProfileSlots, RefuseAKeyFileThatOthersMayRead) {
  ASSERT_TRUE(slots.addKeyFile(key));
  ASSERT_EQ(::chmod(QFile::encodeName(folder.file(u"key"_s)).constData(), 0644), 0);

  EXPECT_EQ(slots.openWithKeyFile().error().kind, ErrorKind::Forbidden);
}

TEST_F(ProfileSlots, RefuseADamagedKeyFile) {
  ASSERT_TRUE(slots.addKeyFile(key));
  ASSERT_TRUE(writePrivateFile(folder.file(u"key"_s), "short"));
  EXPECT_EQ(slots.openWithKeyFile().error().kind, ErrorKind::Corrupt);
  ASSERT_TRUE(writePrivateFile(folder.file(u"key"_s), QByteArray(32, 'x')));
  EXPECT_EQ(slots.openWithKeyFile().error().kind, ErrorKind::Untrusted);
}

TEST_F(ProfileSlots, DoNotWriteOverADamagedFile) {
  ASSERT_TRUE(writePrivateFile(folder.file(u"slots.json"_s), "damaged"));

  EXPECT_EQ(slots.addPassphrase(key, phrase("x"), kCheapCost).error().kind, ErrorKind::Corrupt);
  EXPECT_EQ(slots.addKeyFile(key).error().kind, ErrorKind::Corrupt);
  EXPECT_EQ(test::await(slots.addKeychain(key.copy())).error().kind, ErrorKind::Corrupt);
  EXPECT_EQ(slots.kinds().error().kind, ErrorKind::Corrupt);
  EXPECT_EQ(*readPrivateFile(folder.file(u"slots.json"_s), 100), "damaged");
}

TEST_F(ProfileSlots, KeepTheLastOne) {
  addPassphrase();
  EXPECT_EQ(test::await(slots.remove(SlotKind::Passphrase)).error().kind, ErrorKind::Conflict);
  EXPECT_EQ(test::await(slots.remove(SlotKind::KeyFile)).error().kind, ErrorKind::NotFound);

  addKeychain();
  ASSERT_TRUE(slots.addKeyFile(key));
  EXPECT_TRUE(test::await(slots.remove(SlotKind::KeyFile)));
  EXPECT_FALSE(QFile::exists(folder.file(u"key"_s)));
  EXPECT_TRUE(test::await(slots.remove(SlotKind::Keychain)));
  EXPECT_TRUE(keychain.secrets.empty());
  EXPECT_EQ(*slots.kinds(), std::vector{SlotKind::Passphrase});
}

TEST_F(ProfileSlots, AreErasedAltogether) {
  addKeychain();
  ASSERT_TRUE(slots.addKeyFile(key));

  EXPECT_TRUE(test::await(slots.eraseAll()));

  EXPECT_TRUE(keychain.secrets.empty());
  EXPECT_FALSE(QFile::exists(folder.file(u"key"_s)));
  EXPECT_EQ(slots.kinds().error().kind, ErrorKind::NotFound);
  EXPECT_TRUE(test::await(slots.eraseAll()));
}

TEST_F(ProfileSlots, AreErasedHereAlsoWhenTheKeychainFails) {
  addKeychain();
  keychain.failure = ErrorKind::Timeout;

  EXPECT_FALSE(test::await(slots.eraseAll()));
  EXPECT_EQ(slots.kinds().error().kind, ErrorKind::NotFound);
}

}  // namespace
}  // namespace gx::secrets
