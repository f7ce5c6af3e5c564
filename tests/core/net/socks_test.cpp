// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include <gtest/gtest.h>

#include "core/net/connection_check.h"
#include "core/net/polling_transport.h"
#include "core/net/rest_channel.h"
#include "core/net/websocket_transport.h"
#include "tests/core/net/fake_realtime.h"
#include "tests/core/net/lookup_watch.h"
#include "tests/core/net/test_policy.h"
#include "tests/support/signal_probe.h"
#include "tests/support/socks_proxy.h"

namespace gx::net {

using namespace Qt::StringLiterals;
using test::FakeRealtime;
using test::SocksProxy;
using test::TestCertificates;

namespace {

// A name that nobody here can look up: only the proxy knows where it leads.
constexpr char kRelayName[] = "api.gxcoin.money";
const SocksProxy::Asked kAskedByName{true, "api.gxcoin.money:443"};

class Socks : public ::testing::Test {
 protected:
  Socks() { proxy.lead(kAskedByName.target, relay.port()); }

  [[nodiscard]] TlsPolicy policy(const QString &login = {}) const {
    TlsPolicy result = test::trustingTestCa();
    result.onlyExtraCa = true;
    const QString who = login.isEmpty() ? QString() : login + u'@';
    result.proxy = *parseProxy(u"socks5://"_s + who + u"127.0.0.1:"_s + QString::number(proxy.serverPort()));
    return result;
  }
  static EngineIoOptions options() {
    EngineIoOptions result;
    result.url = QUrl(u"https://api.gxcoin.money/socket.io/"_s);
    result.maxMessage = 10'000;
    return result;
  }
  Result<QByteArray> restAnswer(const TlsPolicy &policy) {
    HttpClient http(clock, policy);
    RestChannel channel(http, *RelayAddress::parse(u"https://api.gxcoin.money"_s));
    const auto answer = test::await(channel.call({}));
    test::await(http.shutdown());
    if (!answer) return fail(answer.error().error);
    return *answer;
  }
  Error restError(const TlsPolicy &policy) {
    const auto answer = restAnswer(policy);
    return answer ? Error{} : answer.error();
  }
  // How a transport ends that never opens.
  static Error endOf(EngineIoTransport &transport) {
    test::SignalProbe<> opened(&transport, &EngineIoTransport::opened);
    test::SignalProbe<Error> failed(&transport, &EngineIoTransport::failed);
    transport.open({});
    EXPECT_TRUE(failed.waitFor(1));
    EXPECT_EQ(opened.count(), 0U);
    return failed.count() > 0 ? failed.value() : Error{};
  }
  Error socketError(const TlsPolicy &policy) {
    WebSocketTransport transport(policy, options());
    return endOf(transport);
  }
  Error pollingError(const TlsPolicy &policy) {
    HttpClient http(clock, policy);
    PollingTransport transport(http, options());
    const Error error = endOf(transport);
    test::await(http.shutdown());
    return error;
  }
  // Opens a session and lets one word go each way.
  void talksOver(EngineIoTransport &transport) {
    test::SignalProbe<EngineIoFrame> received(&transport, &EngineIoTransport::received);
    test::SignalProbe<Error> failed(&transport, &EngineIoTransport::failed);
    const auto before = relay.received().count("4hello relay");
    const auto takeSession = [this, &transport] {
      wire::EngineIoHandshake handshake;
      handshake.sid = "s" + QByteArray::number(relay.sessions());
      handshake.maxPayload = 1'000'000;
      transport.useSession(handshake);
    };
    const auto once = static_cast<Qt::ConnectionType>(Qt::AutoConnection | Qt::SingleShotConnection);
    QObject::connect(&transport, &EngineIoTransport::received, &transport, takeSession, once);
    transport.open({});
    ASSERT_TRUE(test::waitUntil([&] { return received.count() + failed.count() > 0; }));
    ASSERT_EQ(failed.count(), 0U) << describe(failed.value()).constData();
    transport.send({"4hello relay"});
    relay.push("4hello client");
    ASSERT_TRUE(received.waitFor(2));
    EXPECT_EQ(received.value(1), EngineIoFrame{"4hello client"});
    EXPECT_TRUE(test::waitUntil([&] { return relay.received().count("4hello relay") > before; }));
  }

  SystemClock clock;
  FakeRealtime relay{{}, TestCertificates::instance().server()};
  SocksProxy proxy;
};

}  // namespace

TEST_F(Socks, CarriesRestWithAllChecksOn) {
  relay.rest = test::always(test::httpAnswer(200, R"({"ok":true})"));

  const auto answer = restAnswer(policy());

  ASSERT_TRUE(answer) << describe(answer.error()).constData();
  EXPECT_EQ(*answer, R"({"ok":true})");
  EXPECT_EQ(proxy.asked(), QList<SocksProxy::Asked>{kAskedByName});
  TlsPolicy pinned = policy();
  pinned.publicKeyPins = {QByteArray(32, 'x')};
  EXPECT_EQ(restError(pinned).code, kTlsPinBroken);
}

TEST_F(Socks, CarriesPolling) {
  HttpClient http(clock, policy());
  PollingTransport transport(http, options());

  talksOver(transport);

  transport.close();
  test::await(http.shutdown());
  ASSERT_FALSE(proxy.asked().isEmpty());
  EXPECT_EQ(proxy.asked().first(), kAskedByName);
}

TEST_F(Socks, CarriesAWebSocket) {
  WebSocketTransport transport(policy(), options());

  talksOver(transport);

  EXPECT_EQ(proxy.asked(), QList<SocksProxy::Asked>{kAskedByName});
}

TEST_F(Socks, TellsUserAndPasswordWhereTheProxyWantsThem) {
  relay.rest = test::always(test::httpAnswer(200, "{}"));
  proxy.requireLogin("me", "p@ss:word");
  const TlsPolicy right = policy(u"me:p%40ss%3Aword"_s);

  EXPECT_TRUE(restAnswer(right));
  WebSocketTransport webSocket(right, options());
  talksOver(webSocket);
  HttpClient http(clock, right);
  PollingTransport polling(http, options());
  relay.cut();
  talksOver(polling);
  polling.close();
  test::await(http.shutdown());

  EXPECT_EQ(proxy.refusedLogins(), 0);
}

TEST_F(Socks, NamesARefusedLogin) {
  proxy.requireLogin("me", "word");

  for (const QString &login : {u"me:wrong"_s, u"you:word"_s}) {
    EXPECT_EQ(restError(policy(login)).code, "proxy_login_refused") << login.toStdString();
    EXPECT_EQ(pollingError(policy(login)).code, "proxy_login_refused") << login.toStdString();
    EXPECT_EQ(socketError(policy(login)).code, "proxy_login_refused") << login.toStdString();
  }
  EXPECT_TRUE(proxy.asked().isEmpty());
  EXPECT_GE(proxy.refusedLogins(), 6);
}

TEST_F(Socks, NamesAProxyThatWantsALoginWeHaveNot) {
  proxy.requireLogin("me", "word");

  EXPECT_EQ(restError(policy()).kind, ErrorKind::Network);
  EXPECT_TRUE(restError(policy()).code.startsWith("proxy_")) << restError(policy()).code.constData();
  EXPECT_TRUE(socketError(policy()).code.startsWith("proxy_")) << socketError(policy()).code.constData();
  EXPECT_TRUE(proxy.asked().isEmpty());
}

TEST_F(Socks, NamesWhatTheProxyCouldNotReach) {
  // Qt tells the first three alike.
  const std::pair<SocksProxy::Reply, QByteArray> cases[] = {{SocksProxy::GeneralFailure, "host_not_found"},
                                                            {SocksProxy::NotAllowed, "host_not_found"},
                                                            {SocksProxy::HostUnreachable, "host_not_found"},
                                                            {SocksProxy::Refused, "connection_refused"}};
  for (const auto &[reply, code] : cases) {
    proxy.refuseAll(reply);
    EXPECT_EQ(restError(policy()).code, code) << int(reply);
    EXPECT_EQ(socketError(policy()).code, code) << int(reply);
  }
}

TEST_F(Socks, NamesAProxyThatIsNotThereOrSpeaksSomethingElse) {
  const TlsPolicy gone = policy();
  proxy.close();
  EXPECT_EQ(restError(gone).code, "proxy_failed");
  EXPECT_EQ(socketError(gone).code, "proxy_failed");

  QTcpServer other;
  ASSERT_TRUE(other.listen(QHostAddress::LocalHost));
  QObject::connect(&other, &QTcpServer::newConnection, &other,
                   [&other] { other.nextPendingConnection()->write("HTTP/1.1 400 No\r\n\r\n"); });
  TlsPolicy wrong = policy();
  wrong.proxy.port = other.serverPort();
  EXPECT_EQ(restError(wrong).code, "proxy_failed");
  EXPECT_EQ(socketError(wrong).code, "proxy_failed");
}

TEST_F(Socks, LetsTheProxyLookUpTheName) {
  relay.rest = test::always(test::httpAnswer(
      200,
      R"({"openapi":"3.1.0","x-gx-relay":{"api_level":1,"environment":"local","demo":true,"registration":"open"}})"));
  HttpClient http(clock, policy());
  ConnectionCheck check(http, *RelayAddress::parse(u"https://api.gxcoin.money"_s));

  EXPECT_TRUE(restAnswer(policy()));
  WebSocketTransport transport(policy(), options());
  talksOver(transport);
  const auto checks = test::await(check.run({}), std::chrono::seconds(60));
  test::await(check.shutdown());
  test::await(http.shutdown());

  EXPECT_EQ(checks.first().outcome, CheckResult::Outcome::Skipped) << checks.first().detail.constData();
  for (const CheckResult &each : checks)
    EXPECT_NE(each.outcome, CheckResult::Outcome::Failed) << each.code.constData() << each.detail.constData();
  EXPECT_FALSE(test::lookedUpNames().contains(kRelayName));
  for (const auto &asked : proxy.asked()) EXPECT_EQ(asked, kAskedByName) << asked.target.constData();
  // The watch is not blind.
  EXPECT_TRUE(test::await(RouteProbe(clock, {}, QUrl(u"http://localhost:1"_s)).lookUp({})));
  EXPECT_TRUE(test::lookedUpNames().contains("localhost"));
}

}  // namespace gx::net
