// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <gtest/gtest.h>

#include <QFile>

#include "app/profile/profile.h"
#include "tests/support/await.h"
#include "tests/support/temp_folder.h"

namespace gx::app {

// A machine without keychain; no relay is ever asked.
class ProfileTest : public ::testing::Test {
 protected:
  using Opened = Result<std::unique_ptr<Profile>>;

  void SetUp() override {
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
    options.folder = folder.file(QStringLiteral("profile"));
    options.mayCreate = true;
    options.relay.relay = QStringLiteral("http://127.0.0.1:9");
    options.slots_.mayMakeKeyFile = true;
  }
  Opened opens() { return test::await(Profile::open(options, clock, random)); }
  static void closes(Opened &opened) {
    test::await((*opened)->close());
    opened->reset();
  }
  [[nodiscard]] QString in(const QString &name) const { return options.folder + u'/' + name; }
  void passphraseIs(const QByteArray &text) {
    options.slots_.passphraseFile = folder.file(QStringLiteral("passphrase"));
    QFile file(options.slots_.passphraseFile);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    file.write(text);
  }

  test::TempFolder folder;
  SystemClock clock;
  OsRandom random;
  ProfileOptions options;
};

}  // namespace gx::app
