// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
// RELIABILITY 4.2: every event a client may send, and CONNECT, with arguments made to be wrong.
#include <QJsonDocument>

#include "core/wire/event_names.h"
#include "core/wire/problem_dto.h"
#include "tests/abuse/abused_relay.h"
#include "tests/abuse/canary.h"
#include "tests/abuse/mutants.h"
#include "tests/abuse/raw_gateway.h"

namespace gx::test {

using namespace Qt::StringLiterals;

namespace {

// What clients say (PROTOCOL.md section 6).
struct ClientEvent {
  const char *name;
  const char *schema;
};
constexpr ClientEvent kClientEvents[] = {
    {wire::events::kMailAck, "MailAck"},
    {wire::events::kMessageSend, "SendRequest"},
    {wire::events::kTyping, "TypingSet"},
    {wire::events::kPresenceSet, "PresenceSet"},
    {wire::events::kPresenceWatch, "PresenceWatch"},
    {wire::events::kAuthRenew, "AuthRenew"},
};

class EventCorpus : public AbusedRelay {
 public:
  static void SetUpTestSuite() { start(); }

 protected:
  void SetUp() override {
    m_alice = std::make_unique<RelayUser>(port(), "alice@gxcoin.test");
    m_bob = std::make_unique<RelayUser>(port(), "bob@gxcoin.test");
    ASSERT_TRUE(m_alice->becomesActive());
    ASSERT_TRUE(m_bob->becomesActive());
    m_conversation = m_alice->conversationWith("bob@gxcoin.test");
    m_socket = signedInSocket(port(), m_alice->token());
  }
  // The ack to an event, its first argument; empty when the connection closed instead.
  QJsonObject ask(const QByteArray &name, const QByteArray &arguments) {
    const QByteArray id = QByteArray::number(++m_asked);
    m_socket->sendText("42" + id + "[\"" + name + "\"" + arguments + "]");
    for (;;) {
      const ServerFrame frame = m_socket->next();
      if (frame.payload == "2") m_socket->sendText("3");
      if (frame.payload.startsWith("43" + id + '['))
        return QJsonDocument::fromJson(frame.payload.sliced(2 + id.size())).array()[0].toObject();
      if (frame.opcode == 1) continue;
      m_closeCode = frame.closeCode();
      m_socket = signedInSocket(port(), m_alice->token());
      return {};
    }
  }
  ValidBody argumentOf(const QString &schema) {
    ValidBody valid = validBody(schema);
    if (schema == u"SendRequest"_s)
      valid.body = QJsonDocument::fromJson(RelayUser::message(m_conversation, {m_bob.get()}).toJson()).object();
    if (schema == u"TypingSet"_s) valid.body[u"conversation_id"_s] = QString::fromLatin1(toText(m_conversation));
    if (schema == u"MailAck"_s) valid.body[u"seq"_s] = 0;
    return valid;
  }
  void expectAnswer(const QByteArray &name, const Mutant &mutant) {
    ::testing::ScopedTrace trace(__FILE__, __LINE__, (name + ' ' + mutant.what).constData());
    m_closeCode = 0;
    const QJsonObject answer = ask(name, ',' + mutant.body);
    if (answer.isEmpty()) {  // only what is no JSON ends a connection, or what is no text at all
      EXPECT_EQ(mutant.verdict, Verdict::Broken);
      EXPECT_EQ(m_closeCode, 1008);
      return;
    }
    EXPECT_NE(mutant.verdict, Verdict::Broken);
    const QByteArray code = answer[u"error"_s][u"code"_s].toString().toLatin1();
    if (mutant.verdict == Verdict::Harmless && answer.contains(u"ok"_s)) return;
    ASSERT_NE(wire::findProblemCode(code), nullptr) << compactText(answer).constData();
    EXPECT_LT(wire::findProblemCode(code)->status, 500);
    if (mutant.verdict == Verdict::RefusedOrLarge && code == "too_large") return;
    if (mutant.verdict != Verdict::Harmless) EXPECT_EQ(code, "bad_request");
    EXPECT_FALSE(compactText(answer).contains(kMarker));
  }
  static QByteArray compactText(const QJsonObject &object) {
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
  }

  std::unique_ptr<RelayUser> m_alice;
  std::unique_ptr<RelayUser> m_bob;
  ConversationId m_conversation;
  std::unique_ptr<RawWebSocket> m_socket;
  int m_asked = 0;
  int m_closeCode = 0;
};

}  // namespace

TEST_F(EventCorpus, EveryArgumentIsTakenOrRefusedByName) {
  Canary canary(port());
  int sent = 0;
  for (const ClientEvent &event : kClientEvents) {
    for (const Mutant &mutant : mutantsOf(argumentOf(QString::fromLatin1(event.schema)))) {
      if (mutant.body.trimmed().isEmpty()) continue;  // "no argument" is asked below
      expectAnswer(event.name, mutant);
      ++sent;
    }
    if (HasFailure()) break;
  }
  canary.expectUnharmed();
  std::printf("%d arguments\n", sent);
  EXPECT_GT(sent, 500);
}

TEST_F(EventCorpus, NoArgumentIsRefusedAndMoreAreIgnored) {
  for (const ClientEvent &event : kClientEvents) {
    EXPECT_EQ(ask(event.name, "")[u"error"_s][u"code"_s], u"bad_request"_s) << event.name;
    const QByteArray right = compactText(argumentOf(QString::fromLatin1(event.schema)).body);
    EXPECT_FALSE(ask(event.name, ',' + right + ",1,\"more\",null").isEmpty()) << event.name;
  }
}

TEST_F(EventCorpus, WithoutAnAckTheyAreNoHarmEither) {
  for (const ClientEvent &event : kClientEvents) {
    m_socket->sendText("42[\"" + QByteArray(event.name) + "\",{\"x\":\"" + kMarker + "\"}]");
    m_socket->sendText("42[\"" + QByteArray(event.name) + "\"]");
    m_socket->sendText("42[\"" + QByteArray(event.name) + ".unknown\",null]");
  }
  EXPECT_TRUE(ask("presence.set", R"(,{"state":"away"})").contains(u"ok"_s));
  EXPECT_EQ(m_closeCode, 0);
}

TEST_F(EventCorpus, WhatTheRelaySaysIsNotForClientsToSay) {
  for (const char *name :
       {"ready", "mail", "presence", "keys.low", "manifest.changed", "device.link", "auth.expiring", "closing"})
    m_socket->sendText("42[\"" + QByteArray(name) +
                       R"(",{"messages":[],"user_id":"x","seconds":1,"retry_after_ms":1}])");
  EXPECT_TRUE(ask("presence.set", R"(,{"state":"online"})").contains(u"ok"_s));
}

TEST_F(EventCorpus, EveryConnectIsTakenOrRefusedByName) {
  ValidBody valid = validBody(u"ConnectAuth"_s);
  valid.body[u"token"_s] = QString::fromLatin1(m_bob->token());
  for (const Mutant &mutant : mutantsOf(valid)) {
    if (mutant.body.trimmed().isEmpty()) continue;  // CONNECT without a payload is case 63
    ::testing::ScopedTrace trace(__FILE__, __LINE__, mutant.what.constData());
    const auto socket = openSocket(port());
    socket->sendText("40" + mutant.body);
    const ServerFrame frame = socket->next();
    if (frame.opcode == 8) {
      EXPECT_EQ(frame.closeCode(), 1008);
      continue;
    }
    EXPECT_FALSE(frame.payload.contains(kMarker));
    if (frame.payload.startsWith("40{")) {
      EXPECT_EQ(mutant.verdict, Verdict::Harmless);
      continue;
    }
    ASSERT_TRUE(frame.payload.startsWith("44{")) << frame.payload.constData();
    const QJsonObject refusal = QJsonDocument::fromJson(frame.payload.sliced(2)).object();
    EXPECT_TRUE(refusal[u"message"_s] == u"unauthorized"_s || refusal[u"message"_s] == u"Invalid payload"_s ||
                refusal[u"message"_s] == u"bad_request"_s)
        << frame.payload.constData();
  }
}

}  // namespace gx::test
