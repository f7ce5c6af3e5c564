// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
// RELIABILITY 5.A over a real relay: bytes that are no request, and the one answer to each.
#include "tests/abuse/abused_relay.h"
#include "tests/abuse/case_row.h"
#include "tests/server/net/raw_client.h"

namespace gx::test {

namespace {

struct HttpRow {
  const char *name;
  QByteArray bytes;
  int status;
  const char *code;
};

constexpr char kLoginHead[] = "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
constexpr char kHost[] = " HTTP/1.1\r\nHost: x\r\n\r\n";

QByteArray get(const QByteArray &target) {
  return "GET " + target + kHost;
}
QByteArray withHeader(const QByteArray &line) {
  return "GET /api/v1/openapi.json HTTP/1.1\r\nHost: x\r\n" + line + "\r\n\r\n";
}
QByteArray login(const QByteArray &rest) {
  return kLoginHead + rest;
}
QByteArray withHost(const QByteArray &hosts) {
  return "GET /api/v1/openapi.json HTTP/1.1\r\n" + hosts + "\r\n";
}

std::vector<HttpRow> headRows() {
  return {
      {"A01_HeaderLineWithoutEnd", "GET / HTTP/1.1\r\nX: " + QByteArray(1024 * 1024, 'x'), 431, "header_too_large"},
      {"A02_AHundredThousandHeaders", "GET / HTTP/1.1\r\n" + QByteArray("A: b\r\n").repeated(100'000), 431,
       "header_too_large"},
      {"A02_SixtyFiveHeaders", "GET / HTTP/1.1\r\nHost: x\r\n" + QByteArray("A: b\r\n").repeated(64) + "\r\n", 431,
       "header_too_large"},
      {"A03_RequestLineOfAMegabyte", get("/" + QByteArray(1024 * 1024, 'a')), 414, "uri_too_long"},
      {"A15_BareLineFeeds", "GET /api/v1/openapi.json HTTP/1.1\nHost: x\n\n", 400, "bad_request"},
      {"A15_FoldedHeader", withHeader("X: a\r\n b"), 400, "bad_request"},
      {"A15_NulInAHeader", withHeader(QByteArray("X: a\0b", 6)), 400, "bad_request"},
      {"A15_SpaceBeforeTheColon", withHeader("X : a"), 400, "bad_request"},
      {"A16_NoHost", withHost(""), 400, "bad_request"},
      {"A16_TwoHosts", withHost("Host: x\r\nHost: x\r\n"), 400, "bad_request"},
      {"A16_PortZero", withHost("Host: x:0\r\n"), 400, "bad_request"},
      {"A17_AbsoluteForm", get("http://other/api/v1/openapi.json"), 400, "bad_request"},
      {"A17_Connect", "CONNECT other:443 HTTP/1.1\r\nHost: other:443\r\n\r\n", 405, "method_not_allowed"},
      {"A17_Trace", "TRACE /api/v1/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n", 405, "method_not_allowed"},
      {"A17_LowerCaseMethod", "get /api/v1/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n", 400, "bad_request"},
      {"A17_UnknownMethod", "BREW /api/v1/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n", 400, "bad_request"},
      {"A18_DotDot", get("/api/v1/../auth/login"), 400, "bad_request"},
      {"A18_EncodedDotDot", get("/api/v1/%2e%2e/auth/login"), 400, "bad_request"},
      {"A18_TwoSlashes", get("//api/v1/openapi.json"), 400, "bad_request"},
      {"A18_EncodedNul", get("/api/v1/openapi.json%00"), 400, "bad_request"},
      {"A18_OverlongUtf8", get("/api/v1/%c0%ae%c0%ae/openapi.json"), 400, "bad_request"},
  };
}

std::vector<HttpRow> bodyRows() {
  const QByteArray json = R"({"account":"a@gxcoin.test","password":"x","device_name":"x"})";
  const QByteArray chunked = "Transfer-Encoding: chunked\r\n\r\n";
  const QByteArray size = QByteArray::number(json.size());
  std::vector<HttpRow> rows{
      {"A06_TenBillionBytes", login("Content-Length: 10000000000\r\n\r\n"), 413, "too_large"},
      {"A07_TheLargestNumber", login("Content-Length: 18446744073709551615\r\n\r\n" + get("/api/v1/openapi.json")), 400,
       "bad_request"},
      {"A09_TwoEqualLengths", login("Content-Length: " + size + "\r\nContent-Length: " + size + "\r\n\r\n" + json), 400,
       "bad_request"},
      {"A09_TwoLengths", login("Content-Length: " + size + "\r\nContent-Length: 5\r\n\r\n" + json), 400, "bad_request"},
      {"A10_LengthAndEncoding", login("Content-Length: " + size + "\r\n" + chunked + json), 400, "bad_request"},
      {"A11_AnotherEncoding", login("Transfer-Encoding: xchunked\r\n\r\n" + json), 501, "not_implemented"},
      {"A11_TwoEncodings", login("Transfer-Encoding: chunked, identity\r\n\r\n" + json), 501, "not_implemented"},
      {"A11_EncodingWithVerticalTab", login("Transfer-Encoding: Chunked\v\r\n\r\n" + json), 400, "bad_request"},
      {"A12_ChunkOfTheLargestNumber", login(chunked + "FFFFFFFFFFFFFFFF\r\n"), 400, "bad_request"},
      {"A12_ChunkOfTwentyDigits", login(chunked + "00000000000000000005\r\n"), 400, "bad_request"},
      {"A12_NegativeChunk", login(chunked + "-5\r\nhello\r\n"), 400, "bad_request"},
      {"A12_EndlessChunkExtension", login(chunked + "5;" + QByteArray(1024 * 1024, 'e')), 400, "bad_request"},
      {"A13_EndlessChunks", login(chunked + ("4000\r\n" + QByteArray(0x4000, ' ') + "\r\n").repeated(20)), 413,
       "too_large"},
      {"A19_ExpectWithAnOversizeLength", login("Content-Length: 99999999\r\nExpect: 100-continue\r\n\r\n"), 413,
       "too_large"},
  };
  const char *const lengths[] = {"-5", "+5", "0x10", "5 5", "5,5", ""};
  const char *const names[] = {"A08_NegativeLength",  "A08_LengthWithPlus", "A08_HexadecimalLength",
                               "A08_LengthWithBlank", "A08_LengthList",     "A08_EmptyLength"};
  for (std::size_t i = 0; i < std::size(lengths); ++i)
    rows.push_back(
        {names[i], login("Content-Length: " + QByteArray(lengths[i]) + "\r\n\r\n" + json), 400, "bad_request"});
  return rows;
}

class HttpCases : public AbusedRelay, public ::testing::WithParamInterface<HttpRow> {
 public:
  static void SetUpTestSuite() { start(); }
};

}  // namespace

TEST_P(HttpCases, GetOneAnswerAndTheEnd) {
  RawClient client(port());
  client.send(GetParam().bytes);

  ASSERT_TRUE(client.waitForEnd());
  // Where more came than was read, the system may throw the answer away with it.
  if (client.received().isEmpty() && client.wasReset()) return expectServing();
  EXPECT_EQ(client.received().count("HTTP/1.1 "), 1) << client.received().constData();
  expectProblem(responseOf(client.received()), GetParam().status, GetParam().code);
  EXPECT_TRUE(client.received().toLower().contains("connection: close"));
  expectServing();
}

INSTANTIATE_TEST_SUITE_P(Heads, HttpCases, ::testing::ValuesIn(headRows()), RowName());
INSTANTIATE_TEST_SUITE_P(Bodies, HttpCases, ::testing::ValuesIn(bodyRows()), RowName());

}  // namespace gx::test
