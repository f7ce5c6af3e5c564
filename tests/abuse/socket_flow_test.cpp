// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
// RELIABILITY 5.C over a real relay, where time, order and number count.
#include <QJsonDocument>

#include "tests/abuse/abused_relay.h"
#include "tests/abuse/raw_gateway.h"
#include "tests/support/relay_user.h"

namespace gx::test {

using namespace Qt::StringLiterals;

namespace {

class SocketFlow : public AbusedRelay {
 public:
  static void SetUpTestSuite() { start(); }
};

// Every time-out a twentieth.
class SocketTimes : public AbusedRelay {
 public:
  static void SetUpTestSuite() { start({u"GX_TIME_SCALE=0.05"_s}); }
};

// As it is served to the world.
class SocketFloods : public AbusedRelay {
 public:
  static void SetUpTestSuite() { start({u"GX_RATE_SCALE=1"_s}); }
};

}  // namespace

TEST_F(SocketFlow, A63_ConnectsThatAreNoneAreRefusedInWords) {
  struct {
    QByteArray connect;
    QByteArray answer;
  } const rows[] = {
      {"40", R"({"message":"unauthorized")"},
      {"40{}", R"({"message":"unauthorized")"},
      {R"(40{"token":null})", R"({"message":"unauthorized")"},
      {R"(40{"token":"gxa_short"})", R"({"message":"unauthorized")"},
      {R"(40{"token":")" + QByteArray(900'000, 't') + "\"}", R"({"message":"unauthorized")"},
      {"40[]", R"({"message":"Invalid payload"})"},
  };
  for (const auto &row : rows) {
    const auto socket = openSocket(port());
    socket->sendText(row.connect);
    EXPECT_TRUE(socket->nextText().startsWith("44" + row.answer)) << row.connect.left(40).constData();
  }
}

TEST_F(SocketFlow, A63_AMegabyteOfAuthIsTooBigAndEventsBeforeConnectClose) {
  const auto large = openSocket(port());
  large->sendText("40{\"token\":\"" + QByteArray(1024 * 1024, 't') + "\"}");
  EXPECT_EQ(large->closeCode(), 1009);
  const auto early = openSocket(port());
  early->sendText("42[\"typing\",{}]");
  EXPECT_EQ(early->closeCode(), 1008);
}

TEST_F(SocketFlow, A64_OtherNamespacesAreInvalid) {
  const auto socket = openSocket(port());
  for (const char *name : {"/admin", "/../", "//", "/%2e%2e/"}) {
    socket->sendText("40" + QByteArray(name) + ",{}");
    const QByteArray answer = socket->nextText();
    EXPECT_EQ(answer, "44" + QByteArray(name) + R"(,{"message":"Invalid namespace"})");
  }
  const auto large = openSocket(port());
  large->sendText("40/" + QByteArray(900'000, 'n') + ",");
  EXPECT_EQ(large->closeCode(), 1008);
}

TEST_F(SocketFlow, A72_AcksNobodyAskedForAreCountedAndClose) {
  RelayUser alice(port(), "alice@gxcoin.test");
  ASSERT_TRUE(alice.becomesActive());
  const auto socket = signedInSocket(port(), alice.token());
  for (int i = 0; i < 10; ++i) socket->sendText("437[]");
  socket->sendText(R"(421["presence.set",{"state":"away"}])");
  EXPECT_EQ(socket->nextText(), R"(431[{"ok":{}}])");
  socket->sendText("437[]");
  EXPECT_EQ(socket->closeCode(), 1008);
}

TEST_F(SocketFlow, A75_A106_ForeignConversationsAndPeopleTellNothing) {
  RelayUser alice(port(), "alice@gxcoin.test");
  RelayUser bob(port(), "bob@gxcoin.test");
  RelayUser carol(port(), "carol@gxcoin.test");
  for (RelayUser *user : {&alice, &bob, &carol}) ASSERT_TRUE(user->becomesActive());
  const ConversationId theirs = alice.conversationWith("bob@gxcoin.test");
  const auto bobsSocket = bob.goesOnline();
  const auto socket = carol.goesOnline();

  const QJsonObject typing =
      socket->ask("typing", {{u"conversation_id"_s, QString::fromLatin1(toText(theirs))}, {u"active"_s, true}});
  EXPECT_EQ(typing[u"error"_s][u"code"_s], u"not_found"_s);
  const QJsonArray people{QString::fromLatin1(toText(bob.userId()))};
  const QJsonObject watched = socket->ask("presence.watch", {{u"user_ids"_s, people}});
  EXPECT_EQ(watched[u"ok"_s][u"presence"_s][0][u"state"_s], u"unknown"_s);
  EXPECT_EQ(watched[u"ok"_s][u"presence"_s][0][u"since"_s].toInt(), 0);
  bobsSocket->ask("presence.set", {{u"state"_s, u"away"_s}});
  socket->ask("presence.set", {{u"state"_s, u"online"_s}});
  EXPECT_FALSE(socket->has("presence"));
  EXPECT_FALSE(bobsSocket->has("typing"));
}

TEST_F(SocketFlow, A77_TheOldestConnectionOfADeviceIsReplacedAndNoMailIsLost) {
  RelayUser alice(port(), "alice@gxcoin.test");
  RelayUser bob(port(), "bob@gxcoin.test");
  ASSERT_TRUE(alice.becomesActive());
  ASSERT_TRUE(bob.becomesActive());
  const auto conversation = alice.conversationWith("bob@gxcoin.test");
  const auto first = bob.goesOnline();
  first->waitFor("ready");
  ASSERT_EQ(alice.sends(RelayUser::message(conversation, {&bob}, "one")).status, 200);
  const auto second = bob.goesOnline();
  ASSERT_EQ(alice.sends(RelayUser::message(conversation, {&bob}, "two")).status, 200);
  const auto third = bob.goesOnline();
  ASSERT_EQ(alice.sends(RelayUser::message(conversation, {&bob}, "three")).status, 200);

  EXPECT_EQ(first->waitForClose(), 4409);
  qint64 last = 0;
  while (last < 3) {
    const QJsonArray letters = third->waitFor("mail")[u"messages"_s].toArray();
    ASSERT_FALSE(letters.isEmpty());
    for (const auto &letter : letters) EXPECT_EQ(letter[u"seq"_s].toInteger(), ++last);
  }
  EXPECT_TRUE(third->isOpen());
}

TEST_F(SocketFlow, A83_CompressionIsNotNegotiated) {
  RawClient client(port());
  client.send(RawWebSocket::request(kSocketPath, "Sec-WebSocket-Extensions: permessage-deflate\r\n"));
  ASSERT_TRUE(client.waitFor("\r\n\r\n"));
  EXPECT_TRUE(client.received().startsWith("HTTP/1.1 101"));
  EXPECT_FALSE(client.received().toLower().contains("sec-websocket-extensions"));
}

TEST_F(SocketFlow, A55_TwoPollsAtOnceCloseTheSession) {
  RawHttp http(port());
  const QByteArray open = http.get("/socket.io/?EIO=4&transport=polling").body;
  const QByteArray sid = QJsonDocument::fromJson(open.sliced(1)).object()[u"sid"_s].toString().toLatin1();
  const QByteArray request = "GET /socket.io/?EIO=4&transport=polling&sid=" + sid + " HTTP/1.1\r\nHost: x\r\n\r\n";
  RawClient one(port());
  RawClient two(port());
  one.send(request);
  two.send(request);

  ASSERT_TRUE(one.waitFor("\r\n\r\n"));
  ASSERT_TRUE(two.waitFor("\r\n\r\n"));
  EXPECT_EQ(http.get("/socket.io/?EIO=4&transport=polling&sid=" + sid).json()[u"code"_s].toInt(-1), 1);
}

TEST_F(SocketTimes, A61_WithoutPongsTheConnectionEnds) {
  RelayUser alice(port(), "alice@gxcoin.test");
  ASSERT_TRUE(alice.becomesActive());
  const auto socket = signedInSocket(port(), alice.token());
  EXPECT_EQ(socket->nextText(), "2");
  EXPECT_EQ(socket->closeCode(), 1001);
}

TEST_F(SocketTimes, A59_AProbeThatIsNeverFinishedLeavesPollingAlone) {
  RelayUser alice(port(), "alice@gxcoin.test");
  ASSERT_TRUE(alice.becomesActive());
  RawHttp http(port());
  const QByteArray open = http.get("/socket.io/?EIO=4&transport=polling").body;
  const QByteArray sid = QJsonDocument::fromJson(open.sliced(1)).object()[u"sid"_s].toString().toLatin1();
  const QByteArray path = "/socket.io/?EIO=4&transport=polling&sid=" + sid;
  ASSERT_EQ(http.send("POST", path, "40{\"token\":\"" + alice.token() + "\"}", "text/plain").status, 200);
  EXPECT_TRUE(http.get(path).body.startsWith("40{"));
  RawWebSocket silent(port(), QByteArray(kSocketPath) + "&sid=" + sid);
  EXPECT_EQ(silent.closeCode(), 1008);
  RawWebSocket wrong(port(), QByteArray(kSocketPath) + "&sid=" + sid);
  wrong.sendText("2wrong");
  EXPECT_EQ(wrong.closeCode(), 1002);

  EXPECT_EQ(http.send("POST", path, R"(421["presence.set",{"state":"away"}])", "text/plain").status, 200);
  QByteArray polled;
  for (int i = 0; i < 3 && !polled.contains("431["); ++i) polled += http.get(path).body;
  EXPECT_TRUE(polled.contains(R"(431[{"ok":{}}])")) << polled.constData();
}

TEST_F(SocketTimes, A69_APromisedAttachmentThatNeverComes) {
  RelayUser alice(port(), "alice@gxcoin.test");
  ASSERT_TRUE(alice.becomesActive());
  const auto socket = signedInSocket(port(), alice.token());
  socket->sendText(R"(451-["typing",{"_placeholder":true,"num":0}])");
  EXPECT_EQ(socket->closeCode(), 1008);
}

TEST_F(SocketTimes, A63_A86_ThreeHundredThatNeverConnectAreClosed) {
  std::vector<std::unique_ptr<RawWebSocket>> sockets;
  for (int i = 0; i < 300; ++i) sockets.push_back(openSocket(port()));
  expectServing();
  for (const auto &socket : sockets) EXPECT_EQ(socket->closeCode(), 1008);
}

TEST_F(SocketFloods, A65_TenThousandNamespaces) {
  const auto socket = openSocket(port());
  QByteArray flood;
  for (int i = 0; i < 10'000; ++i) flood += textFrame("40/n" + QByteArray::number(i) + ",{}");
  socket->send(flood);
  EXPECT_EQ(socket->closeCode(), 1008);
  expectServing();
}

TEST_F(SocketFloods, A74_AFloodOfEventsIsToldAndClosedWhileOthersGoOn) {
  RelayUser alice(port(), "alice@gxcoin.test");
  RelayUser bob(port(), "bob@gxcoin.test");
  ASSERT_TRUE(alice.becomesActive());
  ASSERT_TRUE(bob.becomesActive());
  const auto canary = bob.goesOnline();
  canary->waitFor("ready");
  const auto socket = signedInSocket(port(), alice.token());
  socket->send(textFrame(R"(42["presence.set",{"state":"away"}])").repeated(10'000));

  ServerFrame frame = socket->next();
  while (frame.opcode == 1 && !frame.payload.startsWith("42[\"rate_limited\"")) frame = socket->next();
  EXPECT_TRUE(frame.payload.startsWith(R"(42["rate_limited",{"code":"rate_limited")")) << frame.payload.constData();
  EXPECT_EQ(socket->closeCode(), 1008);
  EXPECT_TRUE(canary->ask("presence.set", {{u"state"_s, u"online"_s}}).contains(u"ok"_s));
}

TEST_F(SocketFloods, A106_TypingIsHeldToOneInThreeSeconds) {
  RelayUser alice(port(), "alice@gxcoin.test");
  RelayUser bob(port(), "bob@gxcoin.test");
  ASSERT_TRUE(alice.becomesActive());
  ASSERT_TRUE(bob.becomesActive());
  const QString conversation = QString::fromLatin1(toText(alice.conversationWith("bob@gxcoin.test")));
  const auto listener = bob.goesOnline();
  listener->waitFor("ready");
  const auto socket = alice.goesOnline();
  const QJsonObject typing{{u"conversation_id"_s, conversation}, {u"active"_s, true}};
  for (int i = 0; i < 50; ++i) socket->tell("typing", typing);

  const QJsonObject last = socket->ask("typing", typing);

  EXPECT_EQ(last[u"error"_s][u"code"_s], u"rate_limited"_s);
  EXPECT_GE(last[u"error"_s][u"retry_after"_s].toInt(), 1);
  EXPECT_EQ(listener->waitFor("typing")[u"active"_s], true);
  listener->ask("presence.set", {{u"state"_s, u"away"_s}});
  EXPECT_FALSE(listener->has("typing"));
}

}  // namespace gx::test
