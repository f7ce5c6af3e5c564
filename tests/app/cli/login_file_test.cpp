// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/cli/login_file.h"

#include <gtest/gtest.h>

#include <QFile>

#include "tests/support/temp_folder.h"

namespace gx::cli {
namespace {

using namespace Qt::StringLiterals;

QString written(const test::TempFolder &folder, const QByteArray &text, QFileDevice::Permissions permissions) {
  const QString path = folder.file(u"login.json"_s);
  QFile file(path);
  EXPECT_TRUE(file.open(QIODevice::WriteOnly));
  file.write(text);
  file.close();
  QFile::setPermissions(path, permissions);
  return path;
}

constexpr auto kPrivate = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

TEST(LoginFile, GivesAccountAndPassword) {
  const test::TempFolder folder;
  const auto read =
      readLoginFile(written(folder, R"({"account":"Alice@gxcoin.test","password":"TestPass123"})", kPrivate));

  ASSERT_TRUE(read);
  EXPECT_EQ(read->account, "alice@gxcoin.test");
  EXPECT_EQ(read->password, "TestPass123");
}

TEST(LoginFile, IsRefusedWhenOthersMayReadIt) {
  const test::TempFolder folder;
  const auto read =
      readLoginFile(written(folder, R"({"account":"a@b.test","password":"x"})", kPrivate | QFileDevice::ReadOther));

  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, "file_is_public");
}

TEST(LoginFile, IsRefusedWithoutBothMembers) {
  for (const char *text : {"", "{}", "[]", R"({"account":"a@b.test"})", R"({"password":"x"})", R"({"account":1})"}) {
    const test::TempFolder folder;
    const auto read = readLoginFile(written(folder, text, kPrivate));
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().code, "bad_login_file");
  }
}

TEST(LoginFile, ThatIsNotThereSaysSo) {
  const auto read = readLoginFile(u"/nonexistent/login.json"_s);

  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().kind, ErrorKind::NotFound);
}

}  // namespace
}  // namespace gx::cli
