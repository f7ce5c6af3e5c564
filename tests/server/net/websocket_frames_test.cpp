// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/net/websocket_frames.h"

#include <gtest/gtest.h>

#include <vector>

#include "server/net/shared_frame.h"
#include "tests/server/net/client_frame.h"

namespace gx::server::net {
namespace {

using test::ClientFrame;
using Kind = WebSocketFrames::Event::Kind;

const NetLimits &frameLimits() {
  static const NetLimits limits;
  return limits;
}

QByteArray word(const WebSocketFrames::Event &event) {
  static const char *const kNames[] = {"text", "binary", "ping", "pong", "close", "failure"};
  QByteArray text(kNames[static_cast<int>(event.kind)]);
  if (event.code != 0) text += " " + QByteArray::number(event.code);
  return event.payload.isEmpty() ? text : text + " " + event.payload.toByteArray();
}

std::vector<QByteArray> events(QByteArray bytes, qsizetype pieceSize = 1 << 30,
                               const NetLimits &limits = frameLimits()) {
  WebSocketFrames frames(limits);
  std::vector<QByteArray> found;
  for (qsizetype start = 0; start < bytes.size(); start += pieceSize) {
    QByteArray piece = bytes.mid(start, pieceSize);
    frames.feed(piece.data(), piece.size());
    while (const auto event = frames.next()) found.push_back(word(*event));
  }
  return found;
}

QByteArray only(const QByteArray &bytes) {
  const auto found = events(bytes);
  return found.size() == 1 ? found[0] : QByteArray::number(static_cast<int>(found.size())) + " events";
}

TEST(WebSocketFrames, ReadsMessagesHoweverTheyAreCut) {
  const QByteArray medium(300, 'm');
  const QByteArray bytes = test::textFrame("hello") + test::binaryFrame(medium) +
                           ClientFrame{.payload = "fr", .isFinal = false}.bytes() +
                           ClientFrame{.opcode = 9, .payload = "between"}.bytes() +
                           ClientFrame{.opcode = 0, .payload = "ag", .isFinal = false}.bytes() +
                           ClientFrame{.opcode = 0, .payload = "ments"}.bytes() + test::textFrame("") +
                           ClientFrame{.opcode = 10}.bytes() + test::closeFrame(1000, "bye");
  const std::vector<QByteArray> expected{"text hello", "binary " + medium, "ping between", "text fragments", "text",
                                         "pong",       "close 1000 bye"};
  for (qsizetype piece = 1; piece <= bytes.size(); ++piece) ASSERT_EQ(events(bytes, piece), expected) << piece;
}

TEST(WebSocketFrames, ReadsAllLengthForms) {
  for (const qsizetype size : {0, 1, 7, 8, 125, 126, 127, 65'535, 65'536, 1'000'000}) {
    const QByteArray payload(size, 'x');
    EXPECT_EQ(only(test::binaryFrame(payload)), size ? "binary " + payload : QByteArray("binary")) << size;
  }
}

TEST(WebSocketFrames, KeepsNothingBetweenWholeMessages) {
  WebSocketFrames frames(frameLimits());
  QByteArray bytes = test::textFrame("abc");
  frames.feed(bytes.data(), bytes.size());
  while (frames.next()) continue;
  EXPECT_EQ(frames.bytesHeld(), 0);
}

TEST(WebSocketFrames, A78_DeclaredSizesAreRefusedBeforeBuffering) {
  WebSocketFrames frames(frameLimits());
  QByteArray head = ClientFrame{.opcode = 2, .lengthBytes = 8, .declared = (quint64{1} << 63) - 1}.bytes();
  frames.feed(head.data(), head.size());
  const auto event = frames.next();
  ASSERT_TRUE(event);
  EXPECT_EQ(event->kind, Kind::Failure);
  EXPECT_EQ(event->code, 1009);
  EXPECT_EQ(frames.bytesHeld(), 0);

  EXPECT_EQ(only(ClientFrame{.opcode = 2, .declared = 1'000'001}.bytes()), "failure 1009");
  EXPECT_EQ(only(ClientFrame{.opcode = 2, .lengthBytes = 8, .declared = ~quint64{0}}.bytes()), "failure 1009");
}

TEST(WebSocketFrames, A78_ASizeIsRefusedWithItsLastByteHoweverItComes) {
  const QByteArray head = ClientFrame{.opcode = 2, .lengthBytes = 8, .declared = quint64{1} << 40}.bytes().first(10);
  const QByteArray overlong = ClientFrame{.opcode = 2, .lengthBytes = 2, .declared = 3}.bytes().first(4);
  for (qsizetype piece = 1; piece <= head.size(); ++piece) {
    EXPECT_EQ(events(head, piece), std::vector<QByteArray>{"failure 1009"}) << piece;
    EXPECT_EQ(events(overlong, piece), std::vector<QByteArray>{"failure 1002"}) << piece;
  }
}

TEST(WebSocketFrames, A79_FragmentsAreLimitedByCountAndBySum) {
  QByteArray many = ClientFrame{.payload = "x", .isFinal = false}.bytes();
  for (int i = 0; i < 2000; ++i) many += ClientFrame{.opcode = 0, .payload = "x", .isFinal = false}.bytes();
  EXPECT_EQ(only(many), "failure 1008");

  const QByteArray half(600'000, 'x');
  EXPECT_EQ(
      only(ClientFrame{.payload = half, .isFinal = false}.bytes() + ClientFrame{.opcode = 0, .payload = half}.bytes()),
      "failure 1009");
}

TEST(WebSocketFrames, A81_UnmaskedFramesFail) {
  EXPECT_EQ(only(ClientFrame{.payload = "hello", .isMasked = false}.bytes()), "failure 1002");
  EXPECT_EQ(only(ClientFrame{.opcode = 9, .isMasked = false}.bytes()), "failure 1002");
}

TEST(WebSocketFrames, A82_BrokenFramesFail) {
  EXPECT_EQ(only(ClientFrame{.opcode = 9, .payload = QByteArray(126, 'x')}.bytes()), "failure 1002");
  EXPECT_EQ(only(ClientFrame{.opcode = 9, .isFinal = false}.bytes()), "failure 1002");
  EXPECT_EQ(only(ClientFrame{.opcode = 8, .isFinal = false}.bytes()), "failure 1002");
  for (const int bits : {1, 2, 4, 7}) EXPECT_EQ(only(ClientFrame{.reserved = bits}.bytes()), "failure 1002") << bits;
  EXPECT_EQ(only(ClientFrame{.opcode = 0}.bytes()), "failure 1002");
  for (const int opcode : {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
    EXPECT_EQ(only(ClientFrame{.opcode = opcode}.bytes()), "failure 1002") << opcode;
  EXPECT_EQ(only(ClientFrame{.payload = "a", .isFinal = false}.bytes() + test::textFrame("b")), "failure 1002");
  EXPECT_EQ(only(ClientFrame{.payload = "short", .lengthBytes = 2}.bytes()), "failure 1002");
  EXPECT_EQ(only(ClientFrame{.payload = "short", .lengthBytes = 8}.bytes()), "failure 1002");
}

TEST(WebSocketFrames, A82_CloseCodes) {
  for (const int code : {0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535})
    EXPECT_EQ(only(test::closeFrame(static_cast<quint16>(code))), "failure 1002") << code;
  for (const int code : {1000, 1001, 1002, 1003, 1007, 1011, 3000, 4401, 4999})
    EXPECT_EQ(only(test::closeFrame(static_cast<quint16>(code))), "close " + QByteArray::number(code)) << code;
  EXPECT_EQ(only(ClientFrame{.opcode = 8}.bytes()), "close 1005");
  EXPECT_EQ(only(ClientFrame{.opcode = 8, .payload = "x"}.bytes()), "failure 1002");
  EXPECT_EQ(only(test::closeFrame(1000, "\xff")), "failure 1007");
}

TEST(WebSocketFrames, A82_TextMustBeUtf8) {
  for (const char *bytes : {"\xff", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x82"})
    EXPECT_EQ(only(test::textFrame(bytes)), "failure 1007");
  EXPECT_EQ(only(test::binaryFrame("\xff")), "binary \xff");
  EXPECT_EQ(only(ClientFrame{.payload = "\xe2", .isFinal = false}.bytes() +
                 ClientFrame{.opcode = 0, .payload = "\x82\xac"}.bytes()),
            "text \xe2\x82\xac");
}

TEST(WebSocketFrames, NothingIsReadAfterAFailure) {
  EXPECT_EQ(only(ClientFrame{.reserved = 1}.bytes() + test::textFrame("more")), "failure 1002");
}

TEST(ServerHead, RoundTrips) {
  for (const qsizetype size : {0, 125, 126, 65'535, 65'536, 70'000}) {
    const QByteArray payload(size, 'p');
    const SharedFrame frame = SharedFrame::text(payload);
    EXPECT_EQ(frame.bytes().size(), serverHeadSize(size) + size);
    EXPECT_EQ(frame.payload(), payload);
    QByteArray stream = frame.bytes() + SharedFrame::binary("b").bytes();
    const auto first = test::ServerFrame::take(stream);
    const auto second = test::ServerFrame::take(stream);
    ASSERT_TRUE(first && second) << size;
    EXPECT_EQ(first->opcode, 1);
    EXPECT_EQ(first->payload, payload);
    EXPECT_EQ(second->opcode, 2);
  }
}

}  // namespace
}  // namespace gx::server::net
