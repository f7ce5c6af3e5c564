// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/secrets/private_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <QDir>
#include <QFile>

#include "tests/support/temp_folder.h"

namespace gx::secrets {
namespace {

using namespace Qt::StringLiterals;

struct PrivateFile : testing::Test {
  [[nodiscard]] unsigned mode() const {
    struct stat facts{};
    EXPECT_EQ(::stat(QFile::encodeName(path).constData(), &facts), 0);
    return facts.st_mode & 0777;
  }

  test::TempFolder folder;
  QString path = folder.file(u"secret"_s);
};

TEST_F(PrivateFile, IsReadAsItWasWritten) {
  for (const qsizetype size : {0, 1, 100'000}) {
    ASSERT_TRUE(writePrivateFile(path, QByteArray(size, 's')));
    EXPECT_EQ(*readPrivateFile(path, 100'000), QByteArray(size, 's'));
  }
}

TEST_F(PrivateFile, IsForItsOwnerAlone) {
  const mode_t before = ::umask(0);
  ASSERT_TRUE(writePrivateFile(path, "secret"));
  ::umask(before);

  EXPECT_EQ(mode(), 0600U);
  ASSERT_EQ(::chmod(QFile::encodeName(path).constData(), 0640), 0);
  EXPECT_EQ(readPrivateFile(path, 100).error().kind, ErrorKind::Forbidden);
  EXPECT_EQ(readPrivateFile(path, 100).error().code, codes::kPublic);
}

TEST_F(PrivateFile, LeavesNothingBeside) {
  ASSERT_TRUE(writePrivateFile(path, "one"));
  ASSERT_TRUE(writePrivateFile(path, "two"));

  EXPECT_EQ(QDir(folder.path()).entryList(QDir::Files), QStringList{u"secret"_s});
}

TEST_F(PrivateFile, GoesOverWhatACrashLeft) {
  QFile left(path + u".new"_s);
  ASSERT_TRUE(left.open(QIODevice::WriteOnly));
  left.write("half");
  left.close();

  ASSERT_TRUE(writePrivateFile(path, "whole"));
  EXPECT_EQ(*readPrivateFile(path, 100), "whole");
}

TEST_F(PrivateFile, KeepsTheOldOneWhenItCannotWrite) {
  ASSERT_TRUE(writePrivateFile(path, "old"));
  ASSERT_TRUE(QDir(folder.path()).mkdir(u"secret.new"_s));  // the temporary file cannot be made

  EXPECT_FALSE(writePrivateFile(path, "new"));
  EXPECT_EQ(*readPrivateFile(path, 100), "old");
}

TEST_F(PrivateFile, IsNoLinkAndNoFolder) {
  ASSERT_TRUE(writePrivateFile(folder.file(u"other"_s), "x"));
  ASSERT_TRUE(QFile::link(folder.file(u"other"_s), path));
  EXPECT_EQ(readPrivateFile(path, 100).error().code, codes::kUnfit);
  EXPECT_EQ(readPrivateFile(folder.path(), 100).error().code, codes::kUnfit);
  EXPECT_EQ(readPrivateFile(u"/dev/zero"_s, 100).error().code, codes::kUnfit);
}

TEST_F(PrivateFile, HasALimit) {
  ASSERT_TRUE(writePrivateFile(path, "12345"));

  EXPECT_EQ(readPrivateFile(path, 4).error().kind, ErrorKind::TooLarge);
  EXPECT_EQ(readPrivateFile(path, 4).error().code, codes::kUnfit);
  EXPECT_TRUE(readPrivateFile(path, 5));
}

TEST_F(PrivateFile, IsRemovedOnceAndAgain) {
  EXPECT_EQ(readPrivateFile(path, 100).error().kind, ErrorKind::NotFound);
  EXPECT_EQ(readPrivateFile(path, 100).error().code, codes::kNotFound);
  ASSERT_TRUE(writePrivateFile(path, "x"));
  EXPECT_TRUE(removePrivateFile(path));
  EXPECT_TRUE(removePrivateFile(path));
  EXPECT_FALSE(QFile::exists(path));
}

}  // namespace
}  // namespace gx::secrets
