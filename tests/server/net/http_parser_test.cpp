// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/net/http_parser.h"

#include <gtest/gtest.h>

#include <vector>

namespace gx::server::net {
namespace {

using Event = HttpParser::Event;

const NetLimits &parserLimits() {
  static const NetLimits limits;
  return limits;
}

struct Parsed {
  std::vector<QByteArray> requests;  // "METHOD path?query [headers] body"
  int fault = 0;
};

QByteArray summary(const HttpRequest &request, const QByteArray &body) {
  QByteArray text = methodName(request.method).toByteArray() + " " + request.path;
  if (!request.query.isEmpty()) text += "?" + request.query;
  for (qsizetype i = 0; i < request.headers.size(); ++i)
    text += " " + request.headers.nameAt(i).toByteArray() + "=" + request.headers.valueAt(i).toByteArray();
  return body.isEmpty() ? text : text + " " + body;
}

Parsed parse(const QByteArray &bytes, qsizetype pieceSize = 1 << 20) {
  HttpParser parser(parserLimits());
  Parsed parsed;
  QByteArray body;
  for (qsizetype start = 0; start < bytes.size(); start += pieceSize) {
    const QByteArray piece = bytes.mid(start, pieceSize);  // a copy: nothing may point into the one before
    const char *at = piece.constData();
    const char *end = at + piece.size();
    for (Event event = parser.next(at, end); event != Event::NeedMore; event = parser.next(at, end)) {
      if (event == Event::Body) body += parser.body();
      if (event == Event::Complete) parsed.requests.push_back(summary(parser.request(), body));
      if (event == Event::Complete) body.clear();
      if (event != Event::Failed) continue;
      parsed.fault = parser.fault().status;
      return parsed;
    }
  }
  return parsed;
}

int fault(const QByteArray &bytes) {
  return parse(bytes).fault;
}

TEST(HttpParser, ReadsPipelinedRequestsHoweverTheyAreCut) {
  const QByteArray bytes =
      "GET /a?b=c HTTP/1.1\r\nHost: x\r\nX-Two:  spaced \r\n\r\n"
      "POST /b HTTP/1.1\r\nHOST: x\r\nContent-Length: 5\r\n\r\nhello"
      "\r\nPUT /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
      "DELETE /d HTTP/1.1\r\nHost: x\r\n\r\n";
  const std::vector<QByteArray> expected{"GET /a?b=c host=x x-two=spaced", "POST /b host=x content-length=5 hello",
                                         "PUT /c host=x transfer-encoding=chunked abcde", "DELETE /d host=x"};
  for (qsizetype piece = 1; piece <= bytes.size(); ++piece) {
    const Parsed parsed = parse(bytes, piece);
    ASSERT_EQ(parsed.fault, 0) << piece;
    ASSERT_EQ(parsed.requests, expected) << piece;
  }
}

TEST(HttpParser, KnowsTheMethodsOfTheApi) {
  for (const char *method : {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
    EXPECT_EQ(fault(QByteArray(method) + " / HTTP/1.1\r\nHost: x\r\n\r\n"), 0) << method;
}

TEST(HttpParser, AnEmptyHeaderValueIsFine) {
  EXPECT_EQ(parse("GET / HTTP/1.1\r\nHost: x\r\nEmpty:\r\nNext: y\r\n\r\n").requests.front(),
            "GET / host=x empty= next=y");
}

TEST(HttpParser, A07_HugeContentLengthIsOneFaultAndNoSecondRequest) {
  const Parsed parsed = parse(
      "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 18446744073709551615\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: "
      "x\r\n\r\n");
  EXPECT_EQ(parsed.fault, 400);
  EXPECT_TRUE(parsed.requests.empty());
}

TEST(HttpParser, A08_A09_A10_AmbiguousLengths) {
  for (const char *headers :
       {"Content-Length: -5\r\n", "Content-Length: +5\r\n", "Content-Length: 0x10\r\n", "Content-Length: 5 5\r\n",
        "Content-Length: 5,5\r\n", "Content-Length:\r\n", "Content-Length: 5\r\nContent-Length: 5\r\n",
        "Content-Length: 5\r\nContent-Length: 6\r\n", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"})
    EXPECT_EQ(fault(QByteArray("POST / HTTP/1.1\r\nHost: x\r\n") + headers + "\r\nhello"), 400) << headers;
}

TEST(HttpParser, A11_OtherTransferEncodingsAreNeverReadAsBodyless) {
  for (const char *value : {"xchunked", "chunked, identity", "identity", "gzip"}) {
    const int status =
        fault(QByteArray("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: ") + value + "\r\n\r\n0\r\n\r\n");
    EXPECT_TRUE(status == 400 || status == 501) << value << ": " << status;
  }
  EXPECT_EQ(fault("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: Chunked\v\r\n\r\n"), 400);
}

TEST(HttpParser, A12_BadChunks) {
  EXPECT_EQ(fault("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n"), 400);
}

TEST(HttpParser, A15_AmbiguousHeads) {
  EXPECT_EQ(fault("GET / HTTP/1.1\nHost: x\n\n"), 400);
  EXPECT_EQ(fault("GET / HTTP/1.1\r\nHost: x\r\n folded\r\n\r\n"), 400);
  EXPECT_EQ(fault("GET / HTTP/1.1\r\nHost : x\r\n\r\n"), 400);
}

TEST(HttpParser, A17_MethodsAndVersions) {
  EXPECT_EQ(fault("CONNECT other:443 HTTP/1.1\r\nHost: x\r\n\r\n"), 405);
  EXPECT_EQ(fault("TRACE / HTTP/1.1\r\nHost: x\r\n\r\n"), 405);
  EXPECT_EQ(fault("PROPFIND / HTTP/1.1\r\nHost: x\r\n\r\n"), 405);
  EXPECT_EQ(fault("BREW / HTTP/1.1\r\nHost: x\r\n\r\n"), 400);
  EXPECT_EQ(fault("get / HTTP/1.1\r\nHost: x\r\n\r\n"), 400);
  EXPECT_EQ(fault("GET http://other/ HTTP/1.1\r\nHost: x\r\n\r\n"), 400);
  EXPECT_EQ(fault("GET / HTTP/2.0\r\nHost: x\r\n\r\n"), 505);
  EXPECT_EQ(fault("GET / HTTP/0.9\r\nHost: x\r\n\r\n"), 505);
  EXPECT_NE(fault("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), 0);
  for (const char *version : {"HTTP/1.10", "HTTP/11.1", "http/1.1", "HTTP/1.", "HTTP/1", "HTTPS/1.1", "ICE/1.0"})
    EXPECT_NE(fault(QByteArray("GET / ") + version + "\r\nHost: x\r\n\r\n"), 0) << version;
}

TEST(HttpParser, A18_HiddenPaths) {
  for (const char *path : {"/api/v1/../auth", "/%2e%2e", "/a//b", "/%00", "/%c0%af", "/a;a=b"})
    EXPECT_EQ(fault(QByteArray("GET ") + path + " HTTP/1.1\r\nHost: x\r\n\r\n"), 400) << path;
}

TEST(HttpParser, SaysWhetherItIsInsideAHead) {
  HttpParser parser(parserLimits());
  const QByteArray part = "GET / HT";
  const char *at = part.constData();
  EXPECT_FALSE(parser.isInsideHead());
  EXPECT_EQ(parser.next(at, at + part.size()), Event::NeedMore);
  EXPECT_TRUE(parser.isInsideHead());
}

TEST(HttpParser, FaultIsFinal) {
  HttpParser parser(parserLimits());
  const QByteArray bad = "BAD\r\n";
  const char *at = bad.constData();
  EXPECT_EQ(parser.next(at, at + bad.size()), Event::Failed);
  EXPECT_EQ(parser.next(at, at), Event::Failed);
}

}  // namespace
}  // namespace gx::server::net
