// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <gtest/gtest.h>

#include "core/messenger/account_session.h"
#include "tests/support/await.h"
#include "tests/support/manual_clock.h"
#include "tests/support/temp_folder.h"

namespace gx::test {

// A session that never connects, on a clock that the test moves: what comes from the relay is told by Connection's
// signals. Its relay is a closed port, or whatever stands at `address`.
class Unconnected : public ::testing::Test {
 protected:
  void SetUp() override {
    auto opened = await(vault::Vault::open(folder.file(QStringLiteral("store.db")),
                                           SecretBytes(QByteArrayView(QByteArray(32, 'k'))), clock, random));
    ASSERT_TRUE(opened) << describe(opened.error()).toStdString();
    vault = std::move(*opened);
    http = std::make_unique<net::HttpClient>(clock, net::TlsPolicy());
    const auto parsed = net::RelayAddress::parse(address);
    ASSERT_TRUE(parsed);
    session = std::make_unique<messenger::AccountSession>(
        messenger::AccountSession::Parts{*vault, *http, clock, random, *parsed});
  }
  void TearDown() override {
    if (session) await(session->stop());
    session.reset();
    if (http) await(http->shutdown());
    http.reset();
    if (vault) EXPECT_TRUE(await(vault->close()));
  }

  // As if the relay had sent it.
  void arrives(const QByteArray &event, const QByteArray &json) {
    Q_EMIT session->connection().eventReceived(event, json);
  }
  static UserId user(quint8 number) {
    UserId id;
    id.bytes[0] = number;
    return id;
  }
  static ConversationId conversation(quint8 number) {
    ConversationId id;
    id.bytes[0] = number;
    return id;
  }

  QString address = QStringLiteral("http://127.0.0.1:9");
  TempFolder folder;
  ManualClock clock;
  OsRandom random;
  std::unique_ptr<vault::Vault> vault;
  std::unique_ptr<net::HttpClient> http;
  std::unique_ptr<messenger::AccountSession> session;
};

}  // namespace gx::test
