// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/net/peer_address.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

namespace gx::server::net {
namespace {

PeerAddress peer(const char *text) {
  sockaddr_in6 six{};
  six.sin6_family = AF_INET6;
  six.sin6_port = htons(99);
  if (inet_pton(AF_INET6, text, &six.sin6_addr) == 1) return PeerAddress::from(reinterpret_cast<sockaddr *>(&six));
  sockaddr_in four{};
  four.sin_family = AF_INET;
  four.sin_port = htons(99);
  EXPECT_EQ(inet_pton(AF_INET, text, &four.sin_addr), 1);
  return PeerAddress::from(reinterpret_cast<sockaddr *>(&four));
}

TEST(PeerAddress, KnowsBothFamilies) {
  EXPECT_EQ(peer("192.0.2.7").hostText(), "192.0.2.7");
  EXPECT_EQ(peer("2001:db8::1").hostText(), "2001:db8::1");
  EXPECT_EQ(peer("192.0.2.7").port, 99);
  EXPECT_EQ(peer("::ffff:192.0.2.7"), peer("192.0.2.7"));
}

TEST(PeerAddress, ReadsText) {
  for (const char *text : {"192.0.2.7", "192.0.2.7:4711", "::ffff:192.0.2.7"})
    EXPECT_EQ(PeerAddress::parse(text)->hostText(), "192.0.2.7") << text;
  for (const char *text : {"2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:4711"})
    EXPECT_EQ(PeerAddress::parse(text)->hostText(), "2001:db8::1") << text;
  for (const char *text : {"", "unknown", "192.0.2", "192.0.2.7:", "[192.0.2.7", "2001:db8::1]", "192.0.2.7 "})
    EXPECT_FALSE(PeerAddress::parse(text)) << text;
}

TEST(PeerAddress, KnowsLoopback) {
  EXPECT_TRUE(peer("127.0.0.1").isLoopback());
  EXPECT_TRUE(peer("127.9.9.9").isLoopback());
  EXPECT_TRUE(peer("::1").isLoopback());
  EXPECT_FALSE(peer("192.0.2.7").isLoopback());
  EXPECT_FALSE(peer("2001:db8::1").isLoopback());
}

TEST(PeerAddress, CountsIpv6ByNetwork) {
  EXPECT_EQ(peer("2001:db8:1:2::1").limitKey(), peer("2001:db8:1:2:ffff::9").limitKey());
  EXPECT_NE(peer("2001:db8:1:2::1").limitKey(), peer("2001:db8:1:3::1").limitKey());
  EXPECT_NE(peer("192.0.2.7").limitKey(), peer("192.0.2.8").limitKey());
}

TEST(ListenAddress, ReadsNumericAddresses) {
  EXPECT_EQ(ListenAddress::parse("127.0.0.1:3007"), (ListenAddress{"127.0.0.1", 3007}));
  EXPECT_EQ(ListenAddress::parse("[::1]:0"), (ListenAddress{"::1", 0}));
  EXPECT_EQ(ListenAddress::parse("0.0.0.0:65535"), (ListenAddress{"0.0.0.0", 65535}));
}

TEST(ListenAddress, RefusesTheRest) {
  for (const char *text : {"", ":", "localhost:80", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1",
                           "127.0.0.1:+1", "::1:80", "[::1]", "[::1:80", "127.0.0.1:0x10", "[127.0.0.1]:1", "1.2.3:4"})
    EXPECT_FALSE(ListenAddress::parse(text)) << text;
}

TEST(ListenAddress, WritesItselfAndKnowsLoopback) {
  EXPECT_EQ((ListenAddress{"::1", 80}).toText(), "[::1]:80");
  EXPECT_EQ((ListenAddress{"127.0.0.1", 80}).toText(), "127.0.0.1:80");
  EXPECT_TRUE((ListenAddress{"::1", 80}).isLoopback());
  EXPECT_TRUE((ListenAddress{"127.0.0.1", 80}).isLoopback());
  EXPECT_FALSE((ListenAddress{"0.0.0.0", 80}).isLoopback());
}

}  // namespace
}  // namespace gx::server::net
