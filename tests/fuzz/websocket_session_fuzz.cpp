// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/net/websocket_frames.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/fuzz/socket_stage.h"
#include "tests/fuzz/websocket_reading.h"
#include "tests/server/net/client_frame.h"

// What a client sends after its upgrade, cut anywhere: the frames are those of a second reading of RFC 6455, and a
// Socket.IO session over them hears and says the same.
namespace {

using namespace gx::fuzz;
using namespace gx::server::net;

NetLimits smallFrames() {
  NetLimits limits;
  limits.webSocketFrame = 200;
  limits.webSocketMessage = 300;
  limits.webSocketFragments = 4;
  return limits;
}

QList<SocketEvent> cutEvents(QByteArrayView bytes, qsizetype pieceSize, const NetLimits &limits) {
  WebSocketFrames frames(limits);
  QList<SocketEvent> events;
  inPieces(bytes, pieceSize, [&](char *begin, char *end) {
    frames.feed(begin, end - begin);
    while (const auto event = frames.next()) {
      events += SocketEvent{event->kind, event->payload.toByteArray(), event->code};
      if (event->kind == WebSocketFrames::Event::Kind::Failure) return false;
      require(frames.bytesHeld() <= limits.webSocketFrame + limits.webSocketMessage + 14);
    }
    return true;
  });
  return events;
}

// Pieces with 0x1e between, each a first byte of a frame and its payload; masked and measured here.
QByteArray framed(FuzzInput &input) {
  QByteArray stream;
  while (!input.isEmpty()) {
    const QByteArray text = input.upTo('\x1e').toByteArray();
    if (text.isEmpty()) continue;
    const auto first = static_cast<quint8>(text[0]);
    stream += gx::test::ClientFrame{.opcode = first & 0x0f,
                                    .payload = text.sliced(1),
                                    .isFinal = (first & 0x80) != 0,
                                    .reserved = (first >> 4) & 7}
                  .bytes();
  }
  return stream;
}

// All server frames are whole and right; a Close is the last one.
void checkAnswer(QByteArray answer) {
  bool isClosed = false;
  while (!answer.isEmpty()) {
    require(!isClosed);
    const auto frame = gx::test::ServerFrame::take(answer);
    require(frame.has_value());
    require(frame->opcode == 1 || frame->opcode == 2 || (frame->opcode >= 8 && frame->opcode <= 10));
    require(frame->opcode != 1 || gx::wire::isUtf8(frame->payload));
    isClosed = frame->opcode == 8;
    require(!isClosed || (frame->closeCode() >= 1000 && frame->closeCode() != 1005 && frame->closeCode() != 1006));
  }
}

}  // namespace

// The first byte chooses: the stream as it is or made of frames, the limits, a cut.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size) {
  static const NetLimits kSmall = smallFrames();
  static const NetLimits kUsual;
  static SocketStage stage;
  FuzzInput input(data, size);
  const quint8 choice = input.byte();
  const QByteArray stream = choice & 0x80 ? framed(input) : input.rest().toByteArray();
  const NetLimits &limits = choice & 0x40 ? kSmall : kUsual;
  const qsizetype cut = 2 + (choice & 0x3f);

  const QList<SocketEvent> events = WebSocketReading(limits).read(stream);
  require(cutEvents(stream, kUncut, limits) == events);
  require(cutEvents(stream, 1, limits) == events);
  require(cutEvents(stream, cut, limits) == events);

  const SocketStage::Talk whole = stage.talk(stream, kUncut);
  checkAnswer(whole.answer);
  require(stage.talk(stream, cut) == whole);
  return 0;
}
