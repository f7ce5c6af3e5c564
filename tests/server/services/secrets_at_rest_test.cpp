// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include <QDir>
#include <QFile>

#include "tests/server/services/services_fixture.h"

// Whoever reads the relay's files learns no password and gets no token that works (SECURITY.md 2, "Compromised
// Postgres").
namespace gx::test {

class SecretsAtRestTest : public ServicesTest {
 protected:
  [[nodiscard]] QByteArray everyFile() const {
    QByteArray all_;
    const QDir dir(house.folder());
    for (const QString &name : dir.entryList(QDir::Files | QDir::Hidden)) {
      QFile file(dir.filePath(name));
      if (file.open(QIODevice::ReadOnly)) all_ += file.readAll();
    }
    return all_;
  }
};

TEST_F(SecretsAtRestTest, StandNowhereInTheStore) {
  hasAccount("alice@gxcoin.test");
  settings.registration = services::Registration::Invite;
  const TestDevice device = deviceWithKeys("alice@gxcoin.test");
  wire::RefreshRequest request{device.login.tokens.refreshToken, "request-1", {}};
  request.signature = device.sign(request.signedBytes());
  const auto pair = await(all->tokens.refresh(request));
  ASSERT_TRUE(pair);
  const QByteArray invite = await(all->signUp.makeInvite(1, std::chrono::hours(1))).value();

  const QByteArray files = everyFile();

  ASSERT_TRUE(files.contains("alice@gxcoin.test"));  // we look at the right files
  const QByteArray secrets[] = {QByteArray(kPassword),
                                device.login.tokens.accessToken,
                                device.login.tokens.refreshToken,
                                pair->accessToken,
                                pair->refreshToken,
                                invite};
  for (const QByteArray &secret : secrets) {
    EXPECT_FALSE(files.contains(secret));
    EXPECT_FALSE(files.contains(secret.mid(4)));
    if (const auto raw = fromBase64Url(secret.mid(4)); raw && raw->size() == 32) {
      EXPECT_FALSE(files.contains(*raw));
    }
  }
}

}  // namespace gx::test
