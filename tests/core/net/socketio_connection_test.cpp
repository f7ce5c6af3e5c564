// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include <gtest/gtest.h>

#include "core/net/rest_failure.h"
#include "core/net/socketio_client.h"
#include "tests/core/net/fake_realtime.h"
#include "tests/support/await.h"
#include "tests/support/signal_probe.h"

// SocketIoClient over its real transports, against a server in the process.
namespace gx::net {

using namespace std::chrono_literals;
using test::FakeRealtime;

namespace {

Async<QByteArray> token() {
  co_return QByteArray(R"({"token":"t"})");
}

// 421["echo",x] → 431[x]
QByteArray echoed(const QByteArray &message) {
  const qsizetype bracket = message.indexOf('[');
  const qsizetype comma = message.indexOf(',');
  if (!message.startsWith('2') || bracket < 2 || comma < 0) return {};
  return "3" + message.mid(1, bracket - 1) + "[" + message.mid(comma + 1);
}

struct Connection {
  explicit Connection(FakeRealtime &server, TransportMode mode = TransportMode::PollingThenWebSocket)
      : client(http, options(server, mode)) {
    server.answer = echoed;
  }
  ~Connection() {
    test::await(client.shutdown());
    test::await(http.shutdown());
  }
  static EngineIoOptions options(const FakeRealtime &server, TransportMode mode) {
    EngineIoOptions options;
    options.url = QUrl(server.url() + QStringLiteral("/socket.io/"));
    options.mode = mode;
    return options;
  }
  Result<> open() { return test::await(client.open(token)); }
  Result<QByteArray> echo(const QByteArray &argument) { return test::await(client.emitWithAck("echo", argument, 5s)); }

  SystemClock clock;
  HttpClient http{clock, {}};
  SocketIoClient client;
  test::SignalProbe<> upgraded{&client, &SocketIoClient::upgraded};
  test::SignalProbe<Error> upgradeFailed{&client, &SocketIoClient::upgradeFailed};
  test::SignalProbe<SocketIoEvent> events{&client, &SocketIoClient::eventReceived};
  test::SignalProbe<Error> closed{&client, &SocketIoClient::closed};
};

}  // namespace

TEST(SocketIoConnection, WorksByPollingAlone) {
  FakeRealtime server({});
  Connection connection(server, TransportMode::PollingOnly);

  ASSERT_TRUE(connection.open());
  EXPECT_EQ(connection.echo("{\"a\":1}"), QByteArray("{\"a\":1}"));
  server.push(R"(42["news",2])");

  ASSERT_TRUE(connection.events.waitFor(1));
  EXPECT_EQ(connection.client.transportName(), "polling");
  EXPECT_EQ(server.received().first(), R"(40{"token":"t"})");
}

TEST(SocketIoConnection, WorksByWebSocketAlone) {
  FakeRealtime server({});
  Connection connection(server, TransportMode::WebSocketOnly);

  ASSERT_TRUE(connection.open());
  EXPECT_EQ(connection.echo("[1]"), QByteArray("[1]"));
  EXPECT_EQ(connection.client.transportName(), "websocket");
  EXPECT_TRUE(server.server().requests().isEmpty());
}

TEST(SocketIoConnection, UpgradesWithoutLosingAnything) {
  FakeRealtime server({});
  Connection connection(server);
  ASSERT_TRUE(connection.open());
  int sent = 0;

  while (connection.upgraded.count() == 0 && sent < 1000) {
    ASSERT_EQ(connection.echo(QByteArray::number(sent)), QByteArray::number(sent));
    ++sent;
  }

  EXPECT_TRUE(test::waitUntil([&] { return server.isOnWebSocket(); }));
  EXPECT_EQ(connection.client.transportName(), "websocket");
  EXPECT_EQ(connection.echo("\"after\""), QByteArray("\"after\""));
  server.push(R"(42["news",2])");
  EXPECT_TRUE(connection.events.waitFor(1));
}

TEST(SocketIoConnection, StaysWithPollingWhereUpgradesAreBlocked) {
  FakeRealtime::Manners manners;
  manners.takesWebSockets = false;
  FakeRealtime server(manners);
  Connection connection(server);
  ASSERT_TRUE(connection.open());

  ASSERT_TRUE(connection.upgradeFailed.waitFor(1));

  EXPECT_EQ(connection.upgradeFailed.value().code, "upgrade_refused");
  EXPECT_EQ(connection.echo("1"), QByteArray("1"));
  EXPECT_EQ(connection.client.transportName(), "polling");
}

TEST(SocketIoConnection, CarriesBinaryBothWays) {
  for (const auto mode : {TransportMode::PollingOnly, TransportMode::WebSocketOnly}) {
    FakeRealtime server({});
    Connection connection(server, mode);
    ASSERT_TRUE(connection.open());
    SocketIoMessage message;
    message.name = "file";
    message.arguments = R"({"_placeholder":true,"num":0})";
    message.attachments = {QByteArray("\0\x1e\xff", 3)};

    ASSERT_TRUE(connection.client.emitEvent(message));
    server.push(R"(451-["file",{"_placeholder":true,"num":0}])");
    server.pushBinary(message.attachments.first());

    ASSERT_TRUE(connection.events.waitFor(1));
    EXPECT_EQ(connection.events.value().attachments, message.attachments);
    test::waitUntil([&] { return server.received().contains("b:" + message.attachments.first()); });
  }
}

TEST(SocketIoConnection, LosesItsHeartbeat) {
  FakeRealtime::Manners manners;
  manners.pingInterval = 200;
  manners.pingTimeout = 100;
  FakeRealtime server(manners);
  Connection connection(server, TransportMode::WebSocketOnly);
  ASSERT_TRUE(connection.open());
  server.ping();
  test::waitUntil([&] { return server.received().contains("3"); });

  ASSERT_TRUE(connection.closed.waitFor(1));

  EXPECT_EQ(connection.closed.value().code, "heartbeat_lost");
}

TEST(SocketIoConnection, TellsThatTheTokenWasRevoked) {
  FakeRealtime server({});
  Connection connection(server, TransportMode::WebSocketOnly);
  ASSERT_TRUE(connection.open());

  server.closeWebSocket(4401);

  ASSERT_TRUE(connection.closed.waitFor(1));
  EXPECT_EQ(connection.closed.value().kind, ErrorKind::Unauthorized);
  EXPECT_FALSE(connection.client.isConnected());
}

TEST(SocketIoConnection, ComesBackWithANewSession) {
  FakeRealtime server({});
  Connection connection(server, TransportMode::WebSocketOnly);
  ASSERT_TRUE(connection.open());
  server.cut();
  ASSERT_TRUE(connection.closed.waitFor(1));
  EXPECT_EQ(connection.closed.value().code, "connection_cut");

  ASSERT_TRUE(connection.open());

  EXPECT_EQ(server.sessions(), 2);
  EXPECT_EQ(connection.echo("1"), QByteArray("1"));
}

TEST(SocketIoConnection, IsRefusedInWords) {
  FakeRealtime::Manners manners;
  manners.answerToConnect =
      R"(44{"message":"device_pending","data":{"code":"device_pending","message":"","request_id":"r"}})";
  FakeRealtime server(manners);
  Connection connection(server);

  const auto opened = connection.open();

  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, "device_pending");
}

TEST(SocketIoConnection, NamesAPortal) {
  FakeRealtime server({});
  test::FakeHttpServer portal(test::always(test::httpAnswer(200, "<html>", "text/html")));
  Connection connection(server);
  EngineIoOptions options;
  options.url = QUrl(portal.url() + QStringLiteral("/socket.io/"));
  SocketIoClient client(connection.http, options);

  const auto opened = test::await(client.open(token));

  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, kNotARelay);
  test::await(client.shutdown());
}

TEST(SocketIoConnection, LeavesTheServerAtOnceWhenClosed) {
  FakeRealtime server({});
  Connection connection(server, TransportMode::PollingOnly);
  ASSERT_TRUE(connection.open());

  connection.client.close();

  EXPECT_TRUE(test::waitUntil([&] { return server.received().last() == "1"; }));
}

}  // namespace gx::net
