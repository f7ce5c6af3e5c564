// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
// RELIABILITY 5.D over a real relay: messages that are repeated, misaddressed, too large, and cursors that lie.
#include <QJsonDocument>
#include <memory>

#include "core/wire/problem_dto.h"
#include "tests/abuse/abused_relay.h"
#include "tests/abuse/case_row.h"
#include "tests/abuse/raw_gateway.h"
#include "tests/support/relay_user.h"

namespace gx::test {

using namespace Qt::StringLiterals;

namespace {

// Alice writes to Bob; Carol is a stranger to both.
class Messages : public AbusedRelay {
 public:
  static void SetUpTestSuite() { start(); }

 protected:
  void SetUp() override {
    m_alice = std::make_unique<RelayUser>(port(), "alice@gxcoin.test");
    m_bob = std::make_unique<RelayUser>(port(), "bob@gxcoin.test");
    m_carol = std::make_unique<RelayUser>(port(), "carol@gxcoin.test");
    for (RelayUser *user : {m_alice.get(), m_bob.get(), m_carol.get()}) ASSERT_TRUE(user->becomesActive());
    m_conversation = m_alice->conversationWith("bob@gxcoin.test");
  }
  wire::SendRequest toBob(const QByteArray &text = "sealed") {
    return RelayUser::message(m_conversation, {m_bob.get()}, text);
  }
  QJsonArray mailOfBob(const QByteArray &query = {}) {
    return m_bob->http().get("/api/v1/messages" + query).json()[u"messages"_s].toArray();
  }
  static QList<DeviceId> devicesIn(const QList<wire::DeviceRef> &list) {
    QList<DeviceId> devices;
    for (const wire::DeviceRef &each : list) devices.append(each.deviceId);
    return devices;
  }

  std::unique_ptr<RelayUser> m_alice;
  std::unique_ptr<RelayUser> m_bob;
  std::unique_ptr<RelayUser> m_carol;
  ConversationId m_conversation;
};

}  // namespace

TEST_F(Messages, A88_OneMessageAThousandTimesInParallelIsStoredOnce) {
  const QByteArray body = toBob().toJson();
  const QByteArray request =
      "POST /api/v1/messages HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + m_alice->token() +
      "\r\nContent-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < 20; ++i) clients.push_back(std::make_unique<RawClient>(port()));
  for (const auto &client : clients) client->send(request.repeated(50));

  QByteArray first;
  for (const auto &client : clients) {
    ASSERT_TRUE(client->waitFor("\"message_id\"", 50));
    ASSERT_EQ(client->received().count("HTTP/1.1 200"), 50);
    QByteArray rest = client->received();
    for (int i = 0; i < 50; ++i) {
      const QByteArray answer = responseOf(rest).body;
      if (first.isEmpty()) first = answer;
      ASSERT_EQ(answer, first);
      rest.remove(0, rest.indexOf(answer) + answer.size());
    }
  }
  EXPECT_EQ(mailOfBob().size(), 1);
}

TEST_F(Messages, A89_AnotherBodyUnderTheSameIdIsAConflict) {
  auto request = toBob();
  ASSERT_EQ(m_alice->sends(request).status, 200);
  request.envelopes[0].ciphertext += "x";
  expectProblem(m_alice->sends(request), 422, "idempotency_conflict");
  request.envelopes[0].kind = wire::EnvelopeKind::PreKey;
  expectProblem(m_alice->sends(request), 422, "idempotency_conflict");
  EXPECT_EQ(mailOfBob().size(), 1);
}

TEST_F(Messages, A90_WrongDevicesAreListedExactlyAndNothingIsStored) {
  RelayUser second(port(), "bob@gxcoin.test");
  ASSERT_EQ(second.logsIn("second").status, 200);
  ASSERT_EQ(second.uploadsKeys().status, 200);
  ASSERT_EQ(m_bob->appends(m_bob->addEntry(second, m_bob->manifestOf(m_bob->userId()))).status, 201);

  const RawResponse missing = m_alice->sends(toBob());
  expectProblem(missing, 409, "device_mismatch");
  EXPECT_EQ(devicesIn(wire::Problem::parse(missing.body)->missing), QList<DeviceId>{second.deviceId()});
  EXPECT_TRUE(wire::Problem::parse(missing.body)->extra.isEmpty());

  const auto both = RelayUser::message(m_conversation, {m_bob.get(), &second, m_carol.get()});
  const RawResponse extra = m_alice->sends(both);
  expectProblem(extra, 409, "device_mismatch");
  EXPECT_EQ(devicesIn(wire::Problem::parse(extra.body)->extra), QList<DeviceId>{m_carol->deviceId()});
  EXPECT_TRUE(wire::Problem::parse(extra.body)->missing.isEmpty());

  auto old = RelayUser::message(m_conversation, {m_bob.get(), &second});
  old.envelopes[1].registrationId = old.envelopes[1].registrationId % 16380 + 1;
  const RawResponse stale = m_alice->sends(old);
  expectProblem(stale, 410, "stale_device");
  EXPECT_EQ(devicesIn(wire::Problem::parse(stale.body)->stale), QList<DeviceId>{second.deviceId()});

  for (RelayUser *user : {m_bob.get(), &second, m_carol.get()})
    EXPECT_EQ(user->http().get("/api/v1/messages").json()[u"messages"_s].toArray().size(), 0);
}

TEST_F(Messages, A91_EnvelopesAreBoundedOnBothWays) {
  const auto online = m_alice->goesOnline();
  online->waitFor("ready");
  auto request = toBob();
  const auto ask = [&] { return online->ask("message.send", QJsonDocument::fromJson(request.toJson()).object()); };
  request.envelopes[0].ciphertext = QByteArray(96 * 1024 + 1, 'x');
  expectProblem(m_alice->sends(request), 413, "too_large");
  EXPECT_EQ(ask()[u"error"_s][u"code"_s], u"too_large"_s);
  request.envelopes[0].ciphertext.clear();
  expectProblem(m_alice->sends(request), 400, "bad_request");
  EXPECT_EQ(ask()[u"error"_s][u"code"_s], u"bad_request"_s);
  request.envelopes.clear();
  EXPECT_GE(m_alice->sends(request).status, 400);
  EXPECT_TRUE(mailOfBob().isEmpty());
  request = toBob();
  request.envelopes[0].ciphertext = QByteArray(96 * 1024, 'x');
  EXPECT_EQ(m_alice->sends(request).status, 200);
}

TEST_F(Messages, A92_ToOneselfAndToNobody) {
  RawHttp &http = m_alice->http();
  expectProblem(http.post("/api/v1/conversations", R"({"with":["alice@gxcoin.test"]})"), 422, "with_self");
  expectProblem(http.post("/api/v1/conversations", R"({"with":["nobody@gxcoin.test"]})"), 404, "not_found");
  expectProblem(http.post("/api/v1/conversations", R"({"with":["no address"]})"), 404, "not_found");
  auto request = toBob();
  request.envelopes.append(toBob().envelopes[0]);
  request.envelopes[1].deviceId = m_alice->deviceId();  // the sending device itself
  expectProblem(m_alice->sends(request), 409, "device_mismatch");
  request.envelopes[1] = request.envelopes[0];
  expectProblem(m_alice->sends(request), 400, "bad_request");  // one device twice
  const ConversationId carols = m_alice->conversationWith("dave@gxcoin.test");
  expectProblem(m_alice->sends(RelayUser::message(carols, {m_bob.get()})), 409, "no_devices");
}

TEST_F(Messages, A93_FiveHundredRecipientsAreTooMany) {
  auto request = toBob("x");
  while (request.envelopes.size() < 500) {
    request.envelopes.append(request.envelopes[0]);
    request.envelopes.last().deviceId = DeviceId{static_cast<quint32>(request.envelopes.size())};
  }
  expectProblem(m_alice->sends(request), 400, "bad_request");
  EXPECT_TRUE(mailOfBob().isEmpty());
}

TEST_F(Messages, A94_TheCursorNeverPassesTheHead) {
  ASSERT_EQ(m_alice->sends(toBob()).status, 200);
  const QByteArray letter = R"(,"message_id":")" + m_bob->letterAt(1).toLatin1() + "\"}";
  for (const char *bad : {R"({"seq":-1)", R"({"seq":null)", R"({"seq":1e400)", R"({"seq":9007199254740993)"})
    expectProblem(m_bob->http().post("/api/v1/messages/ack", bad + letter), 400, "bad_request");
  expectProblem(m_bob->http().post("/api/v1/messages/ack", R"({"seq":2})"), 400, "bad_request");
  const auto movedTo = [&](RelayUser &user, const QByteArray &seq) {
    return user.http().post("/api/v1/messages/ack", R"({"seq":)" + seq + letter).json()[u"seq"_s].toInt(-1);
  };
  EXPECT_EQ(movedTo(*m_bob, "2"), 0);
  EXPECT_EQ(movedTo(*m_bob, "9007199254740991"), 0);
  EXPECT_EQ(movedTo(*m_carol, "1"), 0);      // her own mailbox is empty
  const auto online = m_bob->goesOnline(5);  // CONNECT with a cursor beyond the head: everything comes
  online->waitFor("ready");
  EXPECT_EQ(online->waitFor("mail")[u"messages"_s].toArray().size(), 1);
  EXPECT_EQ(online->ask("mail.ack", {{u"seq"_s, 7}})[u"error"_s][u"code"_s], u"bad_request"_s);
  const QJsonObject beyond = online->ask("mail.ack", {{u"seq"_s, 7}, {u"message_id"_s, m_bob->letterAt(1)}});
  EXPECT_EQ(beyond[u"ok"_s][u"seq"_s].toInt(-1), 0);
  EXPECT_EQ(mailOfBob().size(), 1);
}

TEST_F(Messages, A95_ACursorBelowWhatIsKeptBeginsAtTheLowestKept) {
  for (int i = 0; i < 3; ++i) ASSERT_EQ(m_alice->sends(toBob()).status, 200);
  ASSERT_EQ(m_bob->acknowledges(2).status, 200);
  const QJsonArray kept = mailOfBob("?after=0");
  ASSERT_EQ(kept.size(), 1);
  EXPECT_EQ(kept[0][u"seq"_s].toInt(), 3);  // the gap from 1 is the numbers'
  const RawResponse back =
      m_bob->http().post("/api/v1/messages/ack", R"({"seq":1,"message_id":"0198c6f2-0000-7000-8000-00000000000c"})");
  EXPECT_EQ(back.json()[u"seq"_s].toInt(), 2);  // nor does it move back
}

TEST_F(Messages, A96_AFullMailboxTellsTheSenderAndTakesAgainOnceItIsRead) {
  const auto online = m_alice->goesOnline();
  online->waitFor("ready");
  QByteArray frames;
  const auto socket = signedInSocket(port(), m_alice->token());
  int sent = 0;
  for (; sent < 10'001; ++sent) {
    frames += textFrame("42" + QByteArray::number(sent) + "[\"message.send\"," + toBob("x").toJson() + "]");
    if (frames.size() < 200'000 && sent < 10'000) continue;
    ASSERT_TRUE(socket->send(frames));
    frames.clear();
  }
  QByteArray last;
  for (int i = 0; i < sent; ++i) last = socket->nextText();
  EXPECT_TRUE(last.startsWith("4310000[{\"error\":{\"code\":\"mailbox_full\"")) << last.constData();
  expectProblem(m_alice->sends(toBob()), 507, "mailbox_full");
  ASSERT_EQ(m_bob->acknowledges(100).status, 200);
  EXPECT_EQ(m_alice->sends(toBob()).status, 200);
}

}  // namespace gx::test
