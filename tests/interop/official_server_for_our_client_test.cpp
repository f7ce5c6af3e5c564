// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include <gtest/gtest.h>

#include "core/net/socketio_client.h"
#include "tests/support/await.h"
#include "tests/support/child_process.h"
#include "tests/support/signal_probe.h"

// Our Socket.IO client against the official server (official_server_for_our_client.mjs).
namespace gx::net {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

// One server for all tests.
class OfficialServer final {
 public:
  static OfficialServer &instance() {
    static OfficialServer server;
    return server;
  }
  QUrl open() { return url("open="); }
  QUrl blocked() { return url("blocked="); }

 private:
  OfficialServer()
      : m_process(u"node"_s, {QStringLiteral(GX_SOURCE_DIR "/tests/interop/official_server_for_our_client.mjs")}),
        m_ready(m_process.waitForLine("ready")) {}
  QUrl url(const QByteArray &name) {
    const QByteArray port = m_ready.mid(m_ready.indexOf(name) + name.size()).split(' ').first().trimmed();
    return QUrl(u"http://127.0.0.1:%1/socket.io/"_s.arg(QString::fromLatin1(port)));
  }

  test::ChildProcess m_process;
  QByteArray m_ready;
};

Async<QByteArray> auth() {
  co_return QByteArray(R"({"token":"t","n":1})");
}
Async<QByteArray> nothing() {
  co_return QByteArray();
}

class OfficialServerTest : public ::testing::TestWithParam<TransportMode> {
 protected:
  ~OfficialServerTest() override {
    test::await(client.shutdown());
    test::await(http.shutdown());
  }
  static EngineIoOptions options(TransportMode mode, const QUrl &url) {
    EngineIoOptions options;
    options.mode = mode;
    options.url = url;
    return options;
  }
  // Connected, and on the transport that the mode ends with.
  void connects() {
    test::SignalProbe<> upgraded(&client, &SocketIoClient::upgraded);
    const auto opened = test::await(client.open(auth));
    ASSERT_TRUE(opened) << describe(opened.error()).constData();
    if (GetParam() == TransportMode::PollingThenWebSocket) {
      ASSERT_TRUE(upgraded.waitFor(1));
    }
  }
  Result<QByteArray> ask(const QByteArray &event, const QByteArray &argument) {
    return test::await(client.emitWithAck(event, argument, 5s));
  }
  SocketIoEvent next(const QByteArray &name, const QByteArray &nsp = "/") {
    const auto find = [&]() -> std::optional<SocketIoEvent> {
      for (std::size_t i = 0; i < events.count(); ++i)
        if (events.value(i).name == name && events.value(i).nsp == nsp) return events.value(i);
      return std::nullopt;
    };
    test::waitUntil([&] { return find().has_value(); });
    return find().value_or(SocketIoEvent{});
  }

  SystemClock clock;
  HttpClient http{clock, {}};
  SocketIoClient client{http, options(GetParam(), OfficialServer::instance().open())};
  test::SignalProbe<SocketIoEvent> events{&client, &SocketIoClient::eventReceived};
  test::SignalProbe<Error> closed{&client, &SocketIoClient::closed};
};

QByteArray nameOf(const ::testing::TestParamInfo<TransportMode> &info) {
  switch (info.param) {
    case TransportMode::PollingOnly:
      return "Polling";
    case TransportMode::WebSocketOnly:
      return "WebSocket";
    case TransportMode::PollingThenWebSocket:
      return "Upgrade";
  }
  return {};
}

}  // namespace

TEST_P(OfficialServerTest, SeesOurPayloadAndOurTransport) {
  connects();

  EXPECT_EQ(next("auth").argument(), R"({"token":"t","n":1})");
  const QByteArray transport = GetParam() == TransportMode::PollingOnly ? "polling" : "websocket";
  EXPECT_EQ(client.transportName(), transport);
  // Events without arguments, acks with one.
  SocketIoMessage message;
  message.name = "transport";
  EXPECT_EQ(test::await(client.call(message, 5s))->arguments, QList<QByteArray>{'"' + transport + '"'});
}

TEST_P(OfficialServerTest, GivesBackWhatItGot) {
  connects();
  SocketIoMessage message;
  message.name = "message";
  message.arguments = R"(1,"zwöi",{"three":[true,null]})";

  ASSERT_TRUE(client.emitEvent(message));

  EXPECT_EQ(next("message-back").arguments, (QList<QByteArray>{"1", "\"zwöi\"", R"({"three":[true,null]})"}));
}

TEST_P(OfficialServerTest, GivesBackBytes) {
  connects();
  SocketIoMessage message;
  message.name = "message";
  message.arguments = R"({"a":{"_placeholder":true,"num":0}},{"_placeholder":true,"num":1})";
  message.attachments = {QByteArray("\0\x1e\xff", 3), QByteArray(70'000, 'x')};

  ASSERT_TRUE(client.emitEvent(message));

  const SocketIoEvent back = next("message-back");
  EXPECT_EQ(back.attachments, message.attachments);
  EXPECT_EQ(back.arguments.size(), 2);
}

TEST_P(OfficialServerTest, AcksWithTextAndBytes) {
  connects();
  EXPECT_EQ(ask("message-with-ack", "{\"a\":1}"), QByteArray("{\"a\":1}"));

  SocketIoMessage message;
  message.name = "message-with-ack";
  message.arguments = R"("x",{"_placeholder":true,"num":0})";
  message.attachments = {QByteArray("\0\x1e\xff", 3)};
  const auto ack = test::await(client.call(message, 5s));

  ASSERT_TRUE(ack);
  EXPECT_EQ(ack->arguments.first(), "\"x\"");
  EXPECT_EQ(ack->attachments, message.attachments);
}

TEST_P(OfficialServerTest, GetsOurAckWithBytes) {
  connects();
  ASSERT_TRUE(client.emitEvent("ask-me", ""));
  const SocketIoEvent question = next("question");
  EXPECT_EQ(question.attachments, QList<QByteArray>{QByteArray("\0\1\xff", 3)});

  ASSERT_TRUE(client.answer(question, R"({"because":{"_placeholder":true,"num":0}})", {"bytes"}));

  EXPECT_EQ(next("told").attachments, QList<QByteArray>{"bytes"});
}

TEST_P(OfficialServerTest, KeepsOrderInAFlood) {
  connects();

  ASSERT_TRUE(client.emitEvent("flood", "500"));

  int expected = 0;
  test::waitUntil([&] { return events.count() >= 501; });
  for (std::size_t i = 0; i < events.count(); ++i)
    if (events.value(i).name == "drop") EXPECT_EQ(events.value(i).argument(), QByteArray::number(expected++));
  EXPECT_EQ(expected, 500);
}

TEST_P(OfficialServerTest, LivesThroughManyHeartbeats) {
  connects();
  bool isOver = false;

  clock.callAfter(2500ms, &client, [&] { isOver = true; });
  test::waitUntil([&] { return isOver || closed.count() > 0; });

  EXPECT_EQ(closed.count(), 0U);
  EXPECT_EQ(ask("message-with-ack", "1"), QByteArray("1"));
}

TEST_P(OfficialServerTest, KnowsNamespaces) {
  connects();
  ASSERT_TRUE(test::await(client.join("/custom", nothing)));
  SocketIoMessage message;
  message.name = "message-with-ack";
  message.arguments = "7";
  message.nsp = "/custom";

  EXPECT_EQ(test::await(client.call(message, 5s))->arguments, QList<QByteArray>{"7"});
  EXPECT_EQ(next("auth", "/custom").argument(), "{}");
  EXPECT_EQ(test::await(client.join("/unknown", nothing)).error().code, "connect_error");
  const auto refused = test::await(client.join("/refused", nothing));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::Unauthorized);
  EXPECT_EQ(refused.error().detail, "expired (request r-1)");
  EXPECT_TRUE(client.isConnected());
}

TEST_P(OfficialServerTest, MayThrowUsOutOrCutUs) {
  connects();
  ASSERT_TRUE(client.emitEvent("throw-me-out", ""));
  ASSERT_TRUE(closed.waitFor(1));
  EXPECT_EQ(closed.value(0).code, "server_disconnect");

  connects();
  ASSERT_TRUE(client.emitEvent("cut", ""));
  ASSERT_TRUE(closed.waitFor(2));
  EXPECT_EQ(closed.value(1).kind, ErrorKind::Network);
}

TEST_P(OfficialServerTest, LetsUsGiveUpOnAnAck) {
  connects();

  EXPECT_EQ(test::await(client.emitWithAck("never-ack", "1", 200ms)).error().code, "ack_timeout");
  EXPECT_TRUE(client.isConnected());
}

INSTANTIATE_TEST_SUITE_P(Modes, OfficialServerTest,
                         ::testing::Values(TransportMode::PollingOnly, TransportMode::WebSocketOnly,
                                           TransportMode::PollingThenWebSocket),
                         [](const auto &info) { return nameOf(info).toStdString(); });

TEST(OfficialServerBehindAProxy, ServesUsByPollingWhenItBlocksWebSockets) {
  SystemClock clock;
  HttpClient http(clock, {});
  EngineIoOptions options;
  options.url = OfficialServer::instance().blocked();
  SocketIoClient client(http, options);
  test::SignalProbe<Error> upgradeFailed(&client, &SocketIoClient::upgradeFailed);

  ASSERT_TRUE(test::await(client.open(auth)));
  ASSERT_TRUE(upgradeFailed.waitFor(1));

  EXPECT_EQ(upgradeFailed.value().code, "upgrade_refused");
  EXPECT_EQ(test::await(client.emitWithAck("message-with-ack", "1", 5s)), QByteArray("1"));
  EXPECT_EQ(client.transportName(), "polling");
  test::await(client.shutdown());
  test::await(http.shutdown());
}

}  // namespace gx::net
