// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/abuse/canary.h"

#include <QJsonDocument>
#include <algorithm>
#include <cstdio>

#include "tests/support/await.h"

namespace gx::test {

using namespace Qt::StringLiterals;

namespace {
constexpr qint64 kEvery = 100;  // ms, a message
constexpr std::chrono::milliseconds kLookEvery{10};
}  // namespace

Canary::Canary(quint16 port) : m_carol(port, "carol@gxcoin.test"), m_dave(port, "dave@gxcoin.test") {
  EXPECT_TRUE(m_carol.becomesActive());
  EXPECT_TRUE(m_dave.becomesActive());
  m_conversation = m_carol.conversationWith("dave@gxcoin.test");
  m_sending = m_carol.goesOnline();
  m_receiving = m_dave.goesOnline();
  m_receiving->waitFor("ready");
  m_clock.start();
  QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { beat(); });
  m_timer.start(kLookEvery);
}

void Canary::beat() {
  collect();
  if (m_sentAt.empty() || m_clock.elapsed() - m_sentAt.back() >= kEvery) send();
}

void Canary::send() {
  const auto request = RelayUser::message(m_conversation, {&m_dave}, QByteArray::number(qint64(m_sentAt.size())));
  m_sentAt.push_back(m_clock.elapsed());
  m_sending->tell("message.send", QJsonDocument::fromJson(request.toJson()).object());
  m_sending->has("pong");  // answers the relay's pings
}

void Canary::collect() {
  while (m_receiving->has("mail")) {
    const QJsonArray letters = m_receiving->waitFor("mail")[u"messages"_s].toArray();
    for (const auto &letter : letters) {
      const QByteArray text = QByteArray::fromBase64(letter[u"ciphertext"_s].toString().toLatin1());
      const auto number = text.first(text.indexOf(' ')).toULongLong();
      EXPECT_EQ(number, m_took.size());
      if (number < m_sentAt.size()) m_took.push_back(m_clock.elapsed() - m_sentAt[number]);
    }
    m_receiving->tell("mail.ack", {{u"seq"_s, letters.last()[u"seq"_s]}});
  }
}

void Canary::expectUnharmed() {
  EXPECT_TRUE(waitUntil([this] { return m_sentAt.size() > 1; }));
  m_timer.stop();
  EXPECT_TRUE(waitUntil(
      [this] {
        collect();
        return m_took.size() == m_sentAt.size();
      },
      std::chrono::seconds(20)));
  EXPECT_TRUE(m_sending->isOpen() && m_receiving->isOpen());
  EXPECT_GT(m_sentAt.size(), 1U);
  std::sort(m_took.begin(), m_took.end());
  if (m_took.empty()) return;
  std::printf("canary: %zu messages, median %lld ms, p99 %lld ms, longest %lld ms\n", m_took.size(),
              m_took[m_took.size() / 2], m_took[m_took.size() * 99 / 100], m_took.back());
}

}  // namespace gx::test
