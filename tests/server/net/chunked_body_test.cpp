// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/net/chunked_body.h"

#include <gtest/gtest.h>

#include <optional>

namespace gx::server::net {
namespace {

using Kind = ChunkedBody::Step::Kind;

// The decoded body and what was left behind it; nothing when malformed.
std::optional<std::pair<QByteArray, QByteArray>> decoded(const QByteArray &bytes, qsizetype pieceSize) {
  ChunkedBody body;
  QByteArray data;
  for (qsizetype start = 0; start < bytes.size(); start += pieceSize) {
    const char *at = bytes.constData() + start;
    const char *end = bytes.constData() + std::min(start + pieceSize, bytes.size());
    while (true) {
      const ChunkedBody::Step step = body.next(at, end);
      if (step.kind == Kind::Failed) return std::nullopt;
      if (step.kind == Kind::End) return std::pair(data, bytes.sliced(at - bytes.constData()));
      if (step.kind == Kind::NeedMore) break;
      data += step.data;
    }
  }
  return std::pair(data, QByteArray("incomplete"));
}

TEST(ChunkedBody, DecodesHoweverItIsCut) {
  const QByteArray bytes = "4\r\nWiki\r\nA;name=value\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\nNEXT";
  for (qsizetype piece = 1; piece <= bytes.size(); ++piece) {
    const auto result = decoded(bytes, piece);
    ASSERT_TRUE(result) << piece;
    EXPECT_EQ(result->first, "Wiki0123456789");
    if (piece == bytes.size()) {
      EXPECT_EQ(result->second, "NEXT");
    }
  }
}

TEST(ChunkedBody, EmptyBodyAndReset) {
  EXPECT_EQ(decoded("0\r\n\r\n", 1)->first, "");
  ChunkedBody body;
  const QByteArray bytes = "0\r\n\r\n";
  const char *at = bytes.constData();
  EXPECT_EQ(body.next(at, at + bytes.size()).kind, Kind::End);
  body.reset();
  at = bytes.constData();
  EXPECT_EQ(body.next(at, at + bytes.size()).kind, Kind::End);
}

TEST(ChunkedBody, A12_BadChunkSizes) {
  for (const char *bytes : {"FFFFFFFFFFFFFFFF\r\n", "00000000000000000001\r\nx", "-1\r\n", "+1\r\nx\r\n",
                            "0x1\r\nx\r\n", "\r\n", " 1\r\nx", "1 \r\nx", "g\r\n", ";\r\n", "1\nx\r\n", "1\r\nxy",
                            "1\r\nx\n0\r\n\r\n", "1\r\rx", "0\r\n\n", "0\r\nA\nB\r\n\r\n", "1;a\x01\r\nx"})
    for (const qsizetype piece : {1, 64}) EXPECT_FALSE(decoded(bytes, piece)) << bytes;
}

TEST(ChunkedBody, A12_EndlessExtensionsAndTrailers) {
  EXPECT_FALSE(decoded("1;" + QByteArray(1024 * 1024, 'x'), 4096));
  EXPECT_FALSE(decoded("0\r\n" + QByteArray("T: x\r\n").repeated(1000), 4096));
}

}  // namespace
}  // namespace gx::server::net
