// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/net/tls_context.h"

#include <gtest/gtest.h>

#include <QFile>

#include "tests/server/net/local_server.h"
#include "tests/server/net/tls_client.h"
#include "tests/support/temp_folder.h"

namespace gx::server::net {
namespace {

using test::LocalServer;
using test::TlsClient;

struct TlsFiles {
  TlsFiles() { test::makeCertificate("first", certificate, key); }
  test::TempFolder folder;
  QByteArray certificate = folder.file(QStringLiteral("cert.pem")).toLocal8Bit();
  QByteArray key = folder.file(QStringLiteral("key.pem")).toLocal8Bit();
};

constexpr char kTlsGet[] = "GET /secure HTTP/1.1\r\nHost: x\r\n\r\n";

TEST(TlsContext, ServesHttpOverTls) {
  const TlsFiles files;
  const auto tls = TlsContext::load(files.certificate, files.key);
  ASSERT_TRUE(tls.has_value());
  LocalServer server(NetLimits::withoutAdmission(), tls->get());
  TlsClient client(server.port(), TLS1_3_VERSION, "http/1.1");
  ASSERT_TRUE(client.isConnected());
  EXPECT_EQ(client.peerName(), "first");

  client.send(kTlsGet);
  EXPECT_TRUE(client.read(1).contains("/secure"));
  EXPECT_TRUE(server.requests.at(0).secure);
}

TEST(TlsContext, CarriesLargeBodiesBothWays) {
  const TlsFiles files;
  const auto tls = TlsContext::load(files.certificate, files.key);
  LocalServer server(NetLimits::withoutAdmission(), tls->get());
  TlsClient client(server.port(), TLS1_2_VERSION);
  ASSERT_TRUE(client.isConnected());
  const QByteArray body(200'000, 'b');
  server.serve = [](HttpRequest request, ResponseToken token) {
    token.send(HttpResponse::text(200, request.body.repeated(20)));
  };

  client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n" + body);

  EXPECT_EQ(client.read(4'000'000).count('b'), 4'000'000);
}

TEST(TlsContext, A20_OldVersionsAndOtherProtocolsAreRefused) {
  const TlsFiles files;
  const auto tls = TlsContext::load(files.certificate, files.key);
  LocalServer server(NetLimits::withoutAdmission(), tls->get());
  EXPECT_FALSE(TlsClient(server.port(), TLS1_VERSION).isConnected());
  EXPECT_FALSE(TlsClient(server.port(), TLS1_1_VERSION).isConnected());
  EXPECT_TRUE(TlsClient(server.port(), TLS1_2_VERSION).isConnected());
  EXPECT_FALSE(TlsClient(server.port(), TLS1_3_VERSION, "h2").isConnected());
  test::waitUntil([&] { return server.http().connectionCount() == 0; });
}

TEST(TlsContext, A20_PlainHttpOnTheTlsPortGetsNothing) {
  const TlsFiles files;
  const auto tls = TlsContext::load(files.certificate, files.key);
  LocalServer server(NetLimits::withoutAdmission(), tls->get());
  test::RawClient client(server.port());
  client.send(kTlsGet);
  EXPECT_TRUE(client.waitForEnd());
  EXPECT_FALSE(client.received().contains("HTTP"));
  EXPECT_TRUE(server.requests.empty());
}

TEST(TlsContext, A20_RenegotiationIsRefused) {
  const TlsFiles files;
  const auto tls = TlsContext::load(files.certificate, files.key);
  LocalServer server(NetLimits::withoutAdmission(), tls->get());
  TlsClient client(server.port(), TLS1_2_VERSION);
  ASSERT_TRUE(client.isConnected());
  SSL_renegotiate(client.ssl());
  for (int i = 0; i < 20; ++i) {
    SSL_do_handshake(client.ssl());
    QCoreApplication::processEvents();
  }
  EXPECT_NE(SSL_renegotiate_pending(client.ssl()), 0);
}

TEST(TlsContext, AHandshakeThatStallsIsDropped) {
  NetLimits limits = NetLimits::withoutAdmission();
  limits.headerWithin = std::chrono::milliseconds(200);
  const TlsFiles files;
  const auto tls = TlsContext::load(files.certificate, files.key);
  LocalServer server(limits, tls->get());
  test::RawClient client(server.port());
  client.send(QByteArray("\x16\x03\x01\x02\x00\x01", 6));
  EXPECT_TRUE(client.waitForEnd());
}

TEST(TlsContext, ReloadsCertificatesThatChanged) {
  const TlsFiles files;
  const auto tls = TlsContext::load(files.certificate, files.key);
  LocalServer server(NetLimits::withoutAdmission(), tls->get());
  TlsClient old(server.port());
  ASSERT_EQ(old.peerName(), "first");

  test::makeCertificate("second", files.certificate, files.key);
  (*tls)->reloadIfChanged();
  TlsClient fresh(server.port());
  EXPECT_EQ(fresh.peerName(), "second");
  old.send(kTlsGet);
  EXPECT_TRUE(old.read(1).contains("200 OK"));

  QFile broken(QString::fromLocal8Bit(files.certificate));
  ASSERT_TRUE(broken.open(QIODevice::WriteOnly));
  broken.write("no certificate");
  broken.close();
  (*tls)->reloadIfChanged();
  EXPECT_EQ(TlsClient(server.port()).peerName(), "second");
}

TEST(TlsContext, RefusesFilesThatDoNotFit) {
  const TlsFiles files;
  const TlsFiles others;
  EXPECT_FALSE(TlsContext::load("/nowhere", files.key).has_value());
  EXPECT_FALSE(TlsContext::load(files.certificate, "/nowhere").has_value());
  const auto mixed = TlsContext::load(files.certificate, others.key);
  ASSERT_FALSE(mixed.has_value());
  EXPECT_EQ(mixed.error().kind, ErrorKind::Invalid);
}

}  // namespace
}  // namespace gx::server::net
