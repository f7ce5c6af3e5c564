// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/net/framing_rules.h"

#include <gtest/gtest.h>

#include <vector>

namespace gx::server::net {
namespace {

struct Applied {
  int fault = 0;
  MessageFraming framing;
};

Applied apply(const std::vector<std::pair<const char *, const char *>> &headers, int minorVersion = 1) {
  HttpRequest request;
  if (minorVersion == 1 && (headers.empty() || QByteArrayView(headers.front().first) != QByteArrayView("Host")))
    request.headers.append("Host", "relay.test");
  for (const auto &[name, value] : headers) request.headers.append(name, value);
  Applied applied;
  if (const auto fault = FramingRules(request, minorVersion).apply(applied.framing)) applied.fault = fault->status;
  return applied;
}

TEST(FramingRules, ReadsOrdinaryRequests) {
  EXPECT_FALSE(apply({}).framing.hasBody());
  EXPECT_EQ(apply({{"Content-Length", "12"}}).framing.contentLength, 12);
  EXPECT_EQ(apply({{"Content-Length", "000000000012"}}).framing.contentLength, 12);
  EXPECT_TRUE(apply({{"Transfer-Encoding", "chunked"}}).framing.isChunked);
  EXPECT_TRUE(apply({{"Transfer-Encoding", "Chunked"}}).framing.isChunked);
}

TEST(FramingRules, KnowsWhenTheConnectionStays) {
  EXPECT_TRUE(apply({}).framing.keepsAlive);
  EXPECT_FALSE(apply({{"Connection", "x, Close"}}).framing.keepsAlive);
  EXPECT_FALSE(apply({}, 0).framing.keepsAlive);
  EXPECT_TRUE(apply({{"Connection", "Keep-Alive"}}, 0).framing.keepsAlive);
}

TEST(FramingRules, A07_HugeContentLength) {
  EXPECT_EQ(apply({{"Content-Length", "18446744073709551615"}}).fault, 400);
  EXPECT_EQ(apply({{"Content-Length", "1000000000000"}}).fault, 400);
  EXPECT_EQ(apply({{"Content-Length", "999999999999"}}).fault, 0);
}

TEST(FramingRules, A08_MalformedContentLength) {
  for (const char *value : {"-5", "+5", "0x10", "5 5", "5,5", "", "5;", "5.0", "five"})
    EXPECT_EQ(apply({{"Content-Length", value}}).fault, 400) << value;
}

TEST(FramingRules, A09_TwoContentLengths) {
  EXPECT_EQ(apply({{"Content-Length", "5"}, {"Content-Length", "5"}}).fault, 400);
  EXPECT_EQ(apply({{"Content-Length", "5"}, {"content-length", "6"}}).fault, 400);
}

TEST(FramingRules, A10_LengthAndEncoding) {
  EXPECT_EQ(apply({{"Content-Length", "5"}, {"Transfer-Encoding", "chunked"}}).fault, 400);
}

TEST(FramingRules, A11_OtherEncodings) {
  for (const char *value :
       {"xchunked", "chunked, identity", "identity", "gzip, chunked", "Chunked\v", "", "chunked,", "chunkedx"})
    EXPECT_EQ(apply({{"Transfer-Encoding", value}}).fault, 501) << value;
  EXPECT_EQ(apply({{"Transfer-Encoding", "chunked"}, {"Transfer-Encoding", "chunked"}}).fault, 501);
  EXPECT_EQ(apply({{"Transfer-Encoding", "chunked"}}, 0).fault, 400);
}

TEST(FramingRules, A16_Host) {
  EXPECT_EQ(apply({{"Host", ""}}).fault, 400);
  EXPECT_EQ(apply({{"Host", "a"}, {"Host", "a"}}).fault, 400);
  EXPECT_EQ(apply({{"Host", "a:0"}}).fault, 400);
  HttpRequest none;
  MessageFraming framing;
  EXPECT_TRUE(FramingRules(none, 1).apply(framing));
  EXPECT_FALSE(FramingRules(none, 0).apply(framing));
}

TEST(HostName, IsReadStrictly) {
  EXPECT_EQ(hostName("Relay.Example:3007"), "relay.example");
  EXPECT_EQ(hostName("127.0.0.1"), "127.0.0.1");
  EXPECT_EQ(hostName("[::1]:80"), "[::1]");
  EXPECT_EQ(hostName("[::1]"), "[::1]");
  for (const char *value : {"", ":80", "a:", "a:0", "a:65536", "a:b", "a b", "a/b", "a@b", "[::1", "[]", "[x]:80",
                            "::1", "a:80:80", "[::1]x", "a%41"})
    EXPECT_FALSE(hostName(value)) << value;
  EXPECT_FALSE(hostName(QByteArray(300, 'a')));
}

TEST(FramingRules, ExpectsContinueOnlyWithABody) {
  EXPECT_TRUE(apply({{"Expect", "100-Continue"}, {"Content-Length", "5"}}).framing.expectsContinue);
  EXPECT_FALSE(apply({{"Expect", "100-continue"}}).framing.expectsContinue);
  EXPECT_EQ(apply({{"Expect", "200-ok"}}).fault, 417);
}

TEST(FramingRules, A84_UpgradesOnlyToWebSocket) {
  EXPECT_TRUE(apply({{"Upgrade", "WebSocket"}, {"Connection", "keep-alive, Upgrade"}}).framing.wantsUpgrade);
  EXPECT_FALSE(apply({{"Upgrade", "websocket"}}).framing.wantsUpgrade);
  EXPECT_EQ(apply({{"Upgrade", "h2c"}, {"Connection", "Upgrade"}}).fault, 400);
  EXPECT_EQ(apply({{"Upgrade", "websocket, h2c"}, {"Connection", "Upgrade"}}).fault, 400);
  EXPECT_EQ(apply({{"Upgrade", "websocket"}, {"Connection", "Upgrade"}, {"Content-Length", "5"}}).fault, 400);
}

}  // namespace
}  // namespace gx::server::net
