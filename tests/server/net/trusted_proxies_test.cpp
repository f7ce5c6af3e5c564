// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/net/trusted_proxies.h"

#include <gtest/gtest.h>

#include "tests/server/net/local_server.h"
#include "tests/server/net/raw_client.h"

namespace gx::server::net {
namespace {

PeerAddress proxyAt(const char *text) {
  return PeerAddress::parse(text).value();
}

TrustedProxies::Network network(const char *text, int bits) {
  return {proxyAt(text).bytes, bits};
}

// 10.0.0.0/8, 2001:db8::/33 and 127.0.0.1.
TrustedProxies trusted() {
  return TrustedProxies({network("10.0.0.0", 104), network("2001:db8::", 33), network("127.0.0.1", 128)});
}

QByteArray clientOf(const TrustedProxies &proxies, const char *peer, const std::vector<QByteArray> &forwarded) {
  HttpHeaders headers;
  for (const QByteArray &value : forwarded) headers.append("x-forwarded-for", value);
  return proxies.clientOf(headers, proxyAt(peer)).hostText();
}

TEST(TrustedProxies, KnowTheirNetworks) {
  for (const char *inside : {"10.0.0.0", "10.255.1.2", "2001:db8::1", "2001:db8:7fff::", "127.0.0.1"})
    EXPECT_TRUE(trusted().trusts(proxyAt(inside))) << inside;
  for (const char *outside : {"11.0.0.0", "9.255.255.255", "2001:db8:8000::", "2001:db9::", "127.0.0.2", "::1"})
    EXPECT_FALSE(trusted().trusts(proxyAt(outside))) << outside;
  EXPECT_FALSE(TrustedProxies().trusts(proxyAt("127.0.0.1")));
  EXPECT_TRUE(TrustedProxies({network("0.0.0.0", 96)}).trusts(proxyAt("192.0.2.7")));
}

TEST(TrustedProxies, NobodyElseIsBelieved) {
  EXPECT_EQ(clientOf(trusted(), "192.0.2.7", {"198.51.100.1"}), "192.0.2.7");
  EXPECT_EQ(clientOf(TrustedProxies(), "127.0.0.1", {"198.51.100.1"}), "127.0.0.1");
}

TEST(TrustedProxies, TheRightmostUntrustedAddressIsTheClient) {
  EXPECT_EQ(clientOf(trusted(), "127.0.0.1", {"198.51.100.1"}), "198.51.100.1");
  EXPECT_EQ(clientOf(trusted(), "127.0.0.1", {"203.0.113.9, 198.51.100.1"}), "198.51.100.1");
  EXPECT_EQ(clientOf(trusted(), "127.0.0.1", {"203.0.113.9, 198.51.100.1 ,10.1.2.3"}), "198.51.100.1");
  EXPECT_EQ(clientOf(trusted(), "127.0.0.1", {"203.0.113.9", "198.51.100.1", "10.1.2.3"}), "198.51.100.1");
  EXPECT_EQ(clientOf(trusted(), "127.0.0.1", {"[2001:db8:ffff::1]:4711"}), "2001:db8:ffff::1");
  EXPECT_EQ(clientOf(trusted(), "127.0.0.1", {"198.51.100.1:4711"}), "198.51.100.1");
  EXPECT_EQ(clientOf(trusted(), "127.0.0.1", {"10.1.1.1, 10.2.2.2"}), "10.1.1.1");
}

TEST(TrustedProxies, NothingIsBelievedBehindWhatIsNoAddress) {
  EXPECT_EQ(clientOf(trusted(), "127.0.0.1", {}), "127.0.0.1");
  EXPECT_EQ(clientOf(trusted(), "127.0.0.1", {""}), "127.0.0.1");
  EXPECT_EQ(clientOf(trusted(), "127.0.0.1", {"unknown"}), "127.0.0.1");
  EXPECT_EQ(clientOf(trusted(), "127.0.0.1", {"198.51.100.1, unknown"}), "127.0.0.1");
  EXPECT_EQ(clientOf(trusted(), "127.0.0.1", {"198.51.100.1, , 10.1.2.3"}), "10.1.2.3");
}

QByteArray requestFor(const QByteArray &client) {
  return "GET / HTTP/1.1\r\nHost: x\r\n" + (client.isEmpty() ? "" : "X-Forwarded-For: " + client + "\r\n") + "\r\n";
}

TEST(TrustedProxies, RequestsCarryTheirClient) {
  test::LocalServer server;
  server.http().setTrustedProxies(trusted());
  test::RawClient client(server.port());

  client.send(requestFor("198.51.100.1") + requestFor("198.51.100.2") + requestFor({}));

  ASSERT_TRUE(test::waitUntil([&] { return server.requests.size() == 3; }));
  EXPECT_EQ(server.requests[0].peer.hostText(), "198.51.100.1");
  EXPECT_EQ(server.requests[1].peer.hostText(), "198.51.100.2");
  EXPECT_EQ(server.requests[2].peer.hostText(), "127.0.0.1");
}

TEST(TrustedProxies, WithoutThemTheHeaderIsIgnored) {
  test::LocalServer server;
  test::RawClient client(server.port());

  client.send(requestFor("198.51.100.1"));

  ASSERT_TRUE(test::waitUntil([&] { return server.requests.size() == 1; }));
  EXPECT_EQ(server.requests[0].peer.hostText(), "127.0.0.1");
}

TEST(TrustedProxies, ConnectionsAreCountedForTheClient) {
  NetLimits limits;
  limits.unauthenticatedPerAddress = 2;
  test::LocalServer server(limits);
  server.http().setTrustedProxies(trusted());
  std::vector<std::unique_ptr<test::RawClient>> clients;
  const auto ask = [&](const QByteArray &client) {
    clients.push_back(std::make_unique<test::RawClient>(server.port()));
    clients.back()->send(requestFor(client));
    test::RawClient &last = *clients.back();
    EXPECT_TRUE(test::waitUntil([&] {
      last.collect();
      return last.received().contains("\r\n\r\n");
    }));
    return last.received().mid(9, 3).toInt();
  };

  EXPECT_EQ(ask("198.51.100.1"), 200);
  EXPECT_EQ(ask("198.51.100.1"), 200);
  EXPECT_EQ(ask("198.51.100.1"), 429);
  EXPECT_EQ(ask("198.51.100.2"), 200);
  clients.front()->disconnect();
  EXPECT_TRUE(test::waitUntil([&] { return ask("198.51.100.1") == 200; }));
}

}  // namespace
}  // namespace gx::server::net
