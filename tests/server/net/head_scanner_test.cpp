// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/net/head_scanner.h"

#include <gtest/gtest.h>

namespace gx::server::net {
namespace {

using Outcome = HeadScanner::Outcome;

const NetLimits &headLimits() {
  static const NetLimits limits;
  return limits;
}

Outcome scanned(const QByteArray &head) {
  return HeadScanner(headLimits()).scan(head);
}

int refusedWith(const QByteArray &head) {
  HeadScanner scanner(headLimits());
  return scanner.scan(head) == Outcome::Failed ? scanner.fault().status : 0;
}

TEST(HeadScanner, FindsTheEndOfTheHeadHoweverItIsCut) {
  const QByteArray head = "GET /a HTTP/1.1\r\nHost: x\r\nA: b\r\n\r\n";
  for (qsizetype cut = 0; cut < head.size(); ++cut) {
    HeadScanner scanner(headLimits());
    ASSERT_EQ(scanner.scan(head.first(cut)), Outcome::NeedMore) << cut;
    ASSERT_EQ(scanner.scan(head + "body"), Outcome::Complete) << cut;
    EXPECT_EQ(scanner.end(), head.size());
    EXPECT_EQ(scanner.fieldCount(), 2);
  }
}

TEST(HeadScanner, ForgivesOneEmptyLineBeforeTheRequest) {
  HeadScanner scanner(headLimits());
  EXPECT_EQ(scanner.scan("\r\nGET / HTTP/1.1\r\n\r\n"), Outcome::Complete);
  EXPECT_EQ(scanner.start(), 2);
  EXPECT_EQ(scanned("\r\n\r\nGET / HTTP/1.1\r\n\r\n"), Outcome::Failed);
}

TEST(HeadScanner, StartsAgainAfterReset) {
  HeadScanner scanner(headLimits());
  ASSERT_EQ(scanner.scan("GET / HTTP/1.1\r\nA: b\r\n\r\n"), Outcome::Complete);
  scanner.reset();
  EXPECT_EQ(scanner.scan("GET /second HTTP/1.1\r\n\r\n"), Outcome::Complete);
  EXPECT_EQ(scanner.fieldCount(), 0);
}

TEST(HeadScanner, A01_EndlessHeaderLine) {
  const QByteArray start = "GET / HTTP/1.1\r\nA: ";
  EXPECT_EQ(scanned(start + QByteArray(8000, 'x')), Outcome::NeedMore);
  EXPECT_EQ(refusedWith(start + QByteArray(8200, 'x')), 431);
}

TEST(HeadScanner, A02_TooManyHeaders) {
  const QByteArray fine = "GET / HTTP/1.1\r\n" + QByteArray("A: b\r\n").repeated(64) + "\r\n";
  EXPECT_EQ(scanned(fine), Outcome::Complete);
  EXPECT_EQ(refusedWith("GET / HTTP/1.1\r\n" + QByteArray("A: b\r\n").repeated(65)), 431);
  EXPECT_EQ(refusedWith("GET / HTTP/1.1\r\n" + ("A: " + QByteArray(8000, 'x') + "\r\n").repeated(5)), 431);
}

TEST(HeadScanner, A03_LongRequestLine) {
  EXPECT_EQ(refusedWith("GET /" + QByteArray(1024 * 1024, 'a')), 414);
  EXPECT_EQ(refusedWith("GET /" + QByteArray(8200, 'a') + " HTTP/1.1\r\n"), 414);
}

TEST(HeadScanner, A15_AmbiguousLines) {
  for (const char *lines : {
           "Host: x\n",                // bare LF
           "Host: x\rA: b\r\n",        // bare CR
           "Host: x\r\n folded\r\n",   // obs-fold
           "Host: x\r\n\tfolded\r\n",  //
           "Host : x\r\n",             // space before the colon
           " Host: x\r\n",             //
           ": x\r\n",                  // no name
           "Host\r\n",                 // no colon
           "Ho st: x\r\n",             //
           "H\x80st: x\r\n",           // not a token
           "Host: x\x01\r\n",          // control character
           "Host: x\x7f\r\n",          //
       })
    EXPECT_EQ(refusedWith(QByteArray("GET / HTTP/1.1\r\n") + lines), 400) << lines;
  EXPECT_EQ(refusedWith(QByteArray("GET / HTTP/1.1\r\nHost: a\0b\r\n", 28)), 400);
  EXPECT_EQ(refusedWith("GET / HTTP/1.1\n"), 400);
}

TEST(HeadScanner, A17_MalformedRequestLines) {
  for (const char *line :
       {"get / HTTP/1.1", "GET  / HTTP/1.1", "GET /  HTTP/1.1", "GET /", " GET / HTTP/1.1", "GET\t/ HTTP/1.1",
        "GET / HTTP/1.1 ", "G\x80T / HTTP/1.1", "GET /a b HTTP/1.1", "GET /\x80 HTTP/1.1"})
    EXPECT_EQ(refusedWith(QByteArray(line) + "\r\n"), 400) << line;
}

}  // namespace
}  // namespace gx::server::net
