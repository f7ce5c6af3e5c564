// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QJsonDocument>

#include "tests/support/relay_user.h"
#include "tests/support/test_relay.h"

namespace gx::server::gateway {

using test::RawSocketIo;
using test::RelayUser;

inline QJsonObject jsonOf(const QByteArray &json) {
  return QJsonDocument::fromJson(json).object();
}
QString idText(auto id) {
  return QString::fromUtf8(toText(id));
}

// Alice and Bob, each with an active device, and their conversation, on a relay inside the test.
class GatewayTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(m_alice.becomesActive());
    ASSERT_TRUE(m_bob.becomesActive());
    m_conversation = m_alice.conversationWith("bob@gxcoin.test");
    ASSERT_FALSE(m_conversation.isNull());
  }
  wire::SendRequest toBob(const QByteArray &text = "sealed") {
    return RelayUser::message(m_conversation, {&m_bob}, text);
  }
  // The letters of the next mail events, until `count` came.
  static QList<QJsonObject> letters(RawSocketIo &socket, qsizetype count) {
    QList<QJsonObject> letters;
    while (letters.size() < count) {
      const QJsonArray messages = socket.waitFor("mail")[QLatin1String("messages")].toArray();
      if (messages.isEmpty()) break;
      for (const auto &letter : messages) letters.append(letter.toObject());
    }
    return letters;
  }

  test::TestRelay m_relay{{{"GX_RATE_SCALE", "1000"}}};
  RelayUser m_alice{m_relay.apiPort(), "alice@gxcoin.test"};
  RelayUser m_bob{m_relay.apiPort(), "bob@gxcoin.test"};
  ConversationId m_conversation{};
};

}  // namespace gx::server::gateway
