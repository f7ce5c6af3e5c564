// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/gateway/mail_push.h"

#include "tests/server/gateway/gateway_fixture.h"

namespace gx::server::gateway {

using namespace Qt::StringLiterals;

namespace {

using MailPushTest = GatewayTest;

}  // namespace

TEST_F(MailPushTest, DeliversWhatCameWhileTheDeviceWasAway) {
  for (int i = 0; i < 130; ++i) ASSERT_EQ(m_alice.sends(toBob(QByteArray::number(i))).status, 200);

  const auto bob = m_bob.goesOnline();

  EXPECT_EQ(bob->waitFor("ready")[u"head"].toInt(), 130);
  const QList<QJsonObject> mail = letters(*bob, 130);
  ASSERT_EQ(mail.size(), 130);
  for (int i = 0; i < 130; ++i) EXPECT_EQ(mail[i][u"seq"].toInt(), i + 1);
}

TEST_F(MailPushTest, GoesOnAfterWhatTheDeviceHas) {
  for (int i = 0; i < 5; ++i) ASSERT_EQ(m_alice.sends(toBob()).status, 200);

  const auto bob = m_bob.goesOnline(3);

  const QList<QJsonObject> mail = letters(*bob, 2);
  EXPECT_EQ(mail.value(0)[u"seq"].toInt(), 4);
  EXPECT_EQ(mail.value(1)[u"seq"].toInt(), 5);
  EXPECT_EQ(m_bob.http().get("/api/v1/messages").json()[u"messages"].toArray().size(), 2);
}

TEST_F(MailPushTest, A108_ACursorBeyondTheHeadGetsEverything) {
  ASSERT_EQ(m_alice.sends(toBob()).status, 200);

  const auto bob = m_bob.goesOnline(99);

  EXPECT_EQ(letters(*bob, 1).value(0)[u"seq"].toInt(), 1);
}

TEST_F(MailPushTest, A73_AtMost256LettersAreUnacknowledged) {
  const auto bob = m_bob.goesOnline();
  bob->waitFor("ready");
  for (int i = 0; i < 300; ++i) ASSERT_EQ(m_alice.sends(toBob()).status, 200);
  ASSERT_EQ(letters(*bob, 256).size(), 256);
  EXPECT_FALSE(bob->has("mail"));

  EXPECT_EQ(bob->ask("mail.ack", {{u"seq"_s, 256}})[u"ok"].toObject()[u"seq"].toInt(), 256);

  const QList<QJsonObject> rest = letters(*bob, 44);
  ASSERT_EQ(rest.size(), 44);
  EXPECT_EQ(rest.first()[u"seq"].toInt(), 257);
  EXPECT_EQ(rest.last()[u"seq"].toInt(), 300);
}

TEST_F(MailPushTest, AcknowledgedLettersDoNotComeAgain) {
  ASSERT_EQ(m_alice.sends(toBob()).status, 200);
  ASSERT_EQ(m_alice.sends(toBob()).status, 200);
  auto bob = m_bob.goesOnline();
  ASSERT_EQ(letters(*bob, 2).size(), 2);
  bob->ask("mail.ack", {{u"seq"_s, 1}});

  bob = m_bob.goesOnline();

  EXPECT_EQ(letters(*bob, 1).value(0)[u"seq"].toInt(), 2);
}

TEST_F(MailPushTest, SaysAfterWhichLetterTheMailGoesOn) {
  for (int i = 0; i < 5; ++i) ASSERT_EQ(m_alice.sends(toBob()).status, 200);

  EXPECT_EQ(m_bob.goesOnline(3)->waitFor("ready")[u"acked"].toInt(), 3);
  EXPECT_EQ(m_bob.goesOnline(99)->waitFor("ready")[u"acked"].toInt(), 3);
}

TEST_F(MailPushTest, LiveLettersFollowThoseThatWaited) {
  for (int i = 0; i < 30; ++i) ASSERT_EQ(m_alice.sends(toBob()).status, 200);
  const auto bob = m_bob.goesOnline();
  for (int i = 0; i < 30; ++i) ASSERT_EQ(m_alice.sends(toBob()).status, 200);

  const QList<QJsonObject> mail = letters(*bob, 60);

  ASSERT_EQ(mail.size(), 60);
  for (int i = 0; i < 60; ++i) EXPECT_EQ(mail[i][u"seq"].toInt(), i + 1);
  EXPECT_FALSE(bob->has("mail"));
}

TEST_F(MailPushTest, LargeLettersComeInSeveralEvents) {
  const QByteArray text(90 * 1024, 'x');
  for (int i = 0; i < 12; ++i) ASSERT_EQ(m_alice.sends(toBob(text)).status, 200);

  const auto bob = m_bob.goesOnline();

  qsizetype count = 0;
  int events = 0;
  for (; count < 12; ++events) {
    const QJsonArray messages = bob->waitFor("mail")[u"messages"].toArray();
    ASSERT_FALSE(messages.isEmpty());
    count += messages.size();
  }
  EXPECT_GE(events, 4);
}

TEST_F(MailPushTest, ASlowReaderGetsAllOfItOnceItReads) {
  const QByteArray text(90 * 1024, 'x');
  const auto bob = m_bob.goesOnline();
  bob->waitFor("ready");
  for (int i = 0; i < 60; ++i) ASSERT_EQ(m_alice.sends(toBob(text)).status, 200);

  const QList<QJsonObject> mail = letters(*bob, 60);

  ASSERT_EQ(mail.size(), 60);
  for (int i = 0; i < 60; ++i) EXPECT_EQ(mail[i][u"seq"].toInt(), i + 1);
}

}  // namespace gx::server::gateway
