// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/secrets/slot_file.h"

#include <gtest/gtest.h>

#include "core/secrets/private_file.h"
#include "tests/support/temp_folder.h"

namespace gx::secrets {
namespace {

using namespace Qt::StringLiterals;

struct Slots : testing::Test {
  [[nodiscard]] ErrorKind kindFor(QByteArray change, QByteArray into) const {
    EXPECT_TRUE(writeSlotFile(path, file));
    QByteArray text = *readPrivateFile(path, 100'000);
    EXPECT_TRUE(text.contains(change)) << change.toStdString();
    EXPECT_TRUE(writePrivateFile(path, text.replace(change, into)));
    const auto read = readSlotFile(path);
    return read ? ErrorKind::Internal : read.error().kind;
  }

  test::TempFolder folder;
  QString path = folder.file(u"slots.json"_s);
  SlotFile file{"00112233445566778899aabbccddeeff",
                {Slot{SlotKind::Passphrase, QByteArray(72, 'w'), QByteArray(16, 's'), {3, 256 * 1024 * 1024}},
                 Slot{SlotKind::RecoveryCode, QByteArray(72, 'v'), QByteArray(16, 't')}}};
};

TEST_F(Slots, AreReadAsTheyWereWritten) {
  ASSERT_TRUE(writeSlotFile(path, file));

  EXPECT_EQ(*readSlotFile(path), file);
}

TEST_F(Slots, AreFoundByKind) {
  EXPECT_EQ(file.find(SlotKind::RecoveryCode), &file.entries[1]);
  EXPECT_EQ(file.find(SlotKind::Keychain), nullptr);
}

TEST_F(Slots, HaveNames) {
  EXPECT_EQ(slotName(SlotKind::Keychain), u"keychain"_s);
  EXPECT_EQ(slotName(SlotKind::Passphrase), u"passphrase"_s);
  EXPECT_EQ(slotName(SlotKind::RecoveryCode), u"recovery_code"_s);
  EXPECT_EQ(slotName(SlotKind::KeyFile), u"key_file"_s);
}

TEST_F(Slots, TellNoFileFromABadOne) {
  EXPECT_EQ(readSlotFile(path).error().kind, ErrorKind::NotFound);
  for (const QByteArray &text : {QByteArray(), QByteArray("{}"), QByteArray("[]"), QByteArray(20'000, ' ')}) {
    ASSERT_TRUE(writePrivateFile(path, text));
    EXPECT_EQ(readSlotFile(path).error().kind, ErrorKind::Corrupt);
  }
}

TEST_F(Slots, RefuseWhatIsMalformed) {
  EXPECT_EQ(kindFor("\"version\": 1", "\"version\": 2"), ErrorKind::Unsupported);
  EXPECT_EQ(kindFor("\"version\": 1", "\"version\": 0"), ErrorKind::Corrupt);
  EXPECT_EQ(kindFor("00112233", "0011223"), ErrorKind::Corrupt);
  EXPECT_EQ(kindFor("00112233", "/../../x"), ErrorKind::Corrupt);
  EXPECT_EQ(kindFor("passphrase", "password"), ErrorKind::Corrupt);
  EXPECT_EQ(kindFor("passphrase", "recovery_code"), ErrorKind::Corrupt);
  EXPECT_EQ(kindFor("\"operations\": 3", "\"operations\": -3"), ErrorKind::Corrupt);
  EXPECT_EQ(kindFor("\"memory\"", "\"memories\""), ErrorKind::Corrupt);
  EXPECT_EQ(kindFor(QByteArray(16, 's').toBase64(), QByteArray(15, 's').toBase64()), ErrorKind::Corrupt);
  EXPECT_EQ(kindFor(QByteArray(72, 'w').toBase64(), QByteArray(71, 'w').toBase64()), ErrorKind::Corrupt);
  EXPECT_EQ(kindFor("\"slots\"", "\"slits\""), ErrorKind::Corrupt);
}

}  // namespace
}  // namespace gx::secrets
