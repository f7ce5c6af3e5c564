// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/net/websocket_transport.h"

#include <gtest/gtest.h>

#include "tests/core/net/fake_realtime.h"
#include "tests/core/net/test_policy.h"
#include "tests/support/await.h"
#include "tests/support/fake_proxy.h"
#include "tests/support/signal_probe.h"

namespace gx::net {

using namespace Qt::StringLiterals;
using test::FakeRealtime;
using test::TestCertificates;
using test::trustingTestCa;

namespace {

// One WebSocket and what it told.
struct Opened {
  Opened(const QString &url, const TlsPolicy &policy) : transport(policy, options(url)) { transport.open({}); }

  static EngineIoOptions options(const QString &url) {
    EngineIoOptions options;
    options.url = QUrl(url + u"/socket.io/"_s);
    options.maxMessage = 10'000;
    return options;
  }
  Error failure() {
    EXPECT_TRUE(failed.waitFor(1));
    return failed.count() ? failed.value() : Error{};
  }

  WebSocketTransport transport;
  test::SignalProbe<> opened{&transport, &EngineIoTransport::opened};
  test::SignalProbe<EngineIoFrame> received{&transport, &EngineIoTransport::received};
  test::SignalProbe<Error> failed{&transport, &EngineIoTransport::failed};
};

QString localhost(const FakeRealtime &server) {
  return u"https://localhost:%1"_s.arg(server.port());
}

}  // namespace

TEST(WebSocketTransport, StartsASession) {
  FakeRealtime server({});
  Opened client(server.url(), {});

  ASSERT_TRUE(client.received.waitFor(1));
  EXPECT_EQ(client.opened.count(), 1U);
  EXPECT_TRUE(client.received.value().bytes.startsWith("0{\"sid\":\"s1\""));
  EXPECT_EQ(client.transport.name(), "websocket");
}

TEST(WebSocketTransport, CarriesTextAndBytesBothWays) {
  FakeRealtime server({});
  Opened client(server.url(), {});
  ASSERT_TRUE(client.received.waitFor(1));

  client.transport.send({"4héllo"});
  client.transport.send({QByteArray("\0\xff", 2), true});
  server.push("4wörld");
  server.pushBinary(QByteArray("\0\xff", 2));

  ASSERT_TRUE(client.received.waitFor(3));
  EXPECT_EQ(client.received.value(1), EngineIoFrame{"4wörld"});
  EXPECT_EQ(client.received.value(2), (EngineIoFrame{QByteArray("\0\xff", 2), true}));
  test::waitUntil([&] { return server.received().size() == 2; });
  EXPECT_EQ(server.received(), (QList<QByteArray>{"4héllo", "b:" + QByteArray("\0\xff", 2)}));
}

TEST(WebSocketTransport, TellsWhyItWasClosed) {
  const QList<std::pair<int, QByteArray>> reasons = {{4401, "unauthorized"},   {4409, "connection_replaced"},
                                                     {1002, "connection_cut"}, {1009, "too_large"},
                                                     {1008, "protocol_error"}, {1000, "connection_cut"}};
  for (const auto &[closeCode, code] : reasons) {
    FakeRealtime server({});
    Opened client(server.url(), {});
    ASSERT_TRUE(client.received.waitFor(1));

    server.closeWebSocket(closeCode);

    EXPECT_EQ(client.failure().code, code) << closeCode << client.failed.value().detail.constData();
  }
}

TEST(WebSocketTransport, NoticesACut) {
  FakeRealtime server({});
  Opened client(server.url(), {});
  ASSERT_TRUE(client.received.waitFor(1));

  server.cut();

  EXPECT_EQ(client.failure().code, "connection_cut");
}

TEST(WebSocketTransport, FailsOnMoreThanTheLimit) {
  FakeRealtime server({});
  Opened client(server.url(), {});
  ASSERT_TRUE(client.received.waitFor(1));

  server.push("4" + QByteArray(20'000, 'x'));

  client.failure();
  EXPECT_EQ(client.received.count(), 1U);
}

TEST(WebSocketTransport, NamesARefusedUpgrade) {
  FakeRealtime::Manners manners;
  manners.takesWebSockets = false;
  FakeRealtime server(manners);
  Opened client(server.url(), {});

  const Error failure = client.failure();

  EXPECT_EQ(failure.code, "upgrade_refused");
  EXPECT_EQ(failure.kind, ErrorKind::Network);
  EXPECT_EQ(client.opened.count(), 0U);
}

TEST(WebSocketTransport, NamesARefusedConnection) {
  QString url;
  {
    const FakeRealtime closed({});
    url = closed.url();
  }
  Opened client(url, {});

  EXPECT_EQ(client.failure().code, "connection_refused");
}

TEST(WebSocketTransport, NoticesACutInTheMiddleOfAFrame) {
  test::FakeHttpServer server([](const test::FakeRequest &request, QTcpSocket *socket) {
    const QByteArray key = request.header("Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    const QByteArray accept = QCryptographicHash::hash(key, QCryptographicHash::Sha1).toBase64();
    socket->write("HTTP/1.1 101 Go\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " + accept +
                  "\r\n\r\n" + QByteArray::fromHex("817e0080") + "half");
    socket->flush();
    socket->disconnectFromHost();
  });
  Opened client(server.url(), {});

  EXPECT_EQ(client.failure().kind, ErrorKind::Network);
  EXPECT_EQ(client.received.count(), 0U);
}

TEST(WebSocketTransport, ChecksCertificates) {
  const auto &certificates = TestCertificates::instance();
  FakeRealtime good({}, certificates.server());
  FakeRealtime expired({}, certificates.expired());
  FakeRealtime wrongName({}, certificates.wrongName());

  Opened trusted(localhost(good), trustingTestCa());
  EXPECT_TRUE(trusted.received.waitFor(1));
  EXPECT_EQ(Opened(localhost(good), {}).failure().code, kTlsUntrusted);
  EXPECT_EQ(Opened(localhost(expired), trustingTestCa()).failure().code, kTlsExpired);
  EXPECT_EQ(Opened(localhost(wrongName), trustingTestCa()).failure().code, kTlsWrongName);
}

TEST(WebSocketTransport, A23_SendsNothingToAnotherKeyThanThePinned) {
  FakeRealtime server({}, TestCertificates::instance().server());
  TlsPolicy policy = trustingTestCa();
  policy.publicKeyPins = {TestCertificates::instance().serverKeyPin()};
  {
    Opened client(localhost(server), policy);
    EXPECT_TRUE(client.received.waitFor(1));
  }
  const int sessions = server.sessions();

  policy.publicKeyPins = {QByteArray(32, 'x')};
  Opened client(localhost(server), policy);

  EXPECT_EQ(client.failure().code, kTlsPinBroken);
  EXPECT_EQ(client.failed.count(), 1U);
  EXPECT_EQ(server.sessions(), sessions);
  EXPECT_EQ(server.server().plainBytes(), 0);
}

TEST(WebSocketTransport, GoesThroughAProxy) {
  FakeRealtime server({}, TestCertificates::instance().server());
  test::FakeProxy proxy;
  proxy.lead("api.gxcoin.money:443", server.port());
  TlsPolicy policy = trustingTestCa();
  policy.proxy = *parseProxy(u"http://127.0.0.1:%1"_s.arg(proxy.serverPort()));

  Opened client(u"https://api.gxcoin.money"_s, policy);
  EXPECT_TRUE(client.received.waitFor(1));

  EXPECT_EQ(Opened(u"https://other.example"_s, policy).failure().code, "proxy_failed");
}

TEST(WebSocketTransport, RefusesAPolicyThatMakesNoSense) {
  TlsPolicy policy;
  policy.onlyExtraCa = true;
  WebSocketTransport transport(policy, Opened::options(u"https://localhost"_s));
  test::SignalProbe<Error> failed(&transport, &EngineIoTransport::failed);

  transport.open({});

  EXPECT_EQ(failed.value().code, "bad_policy");
}

TEST(WebSocketTransport, SaysNothingAfterClose) {
  FakeRealtime server({});
  Opened client(server.url(), {});
  ASSERT_TRUE(client.received.waitFor(1));

  client.transport.close();
  server.push("4late");
  server.cut();

  QCoreApplication::processEvents(QEventLoop::AllEvents, 50);
  EXPECT_EQ(client.failed.count(), 0U);
  EXPECT_EQ(client.received.count(), 1U);
}

}  // namespace gx::net
