// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "tests/server/net/client_frame.h"
#include "tests/server/net/raw_client.h"

namespace gx::test {

// A client that shook hands and reads server frames.
class RawWebSocket final {
 public:
  explicit RawWebSocket(quint16 port, const QByteArray &target = "/ws", int receiveBuffer = 0)
      : m_client(port, receiveBuffer) {
    m_client.send(request(target));
    if (!m_client.waitFor("\r\n\r\n")) return;
    const qsizetype headSize = m_client.received().indexOf("\r\n\r\n") + 4;
    head = m_client.take(headSize);
    EXPECT_TRUE(head.startsWith("HTTP/1.1 101 ")) << head.constData();
  }
  [[nodiscard]] static QByteArray request(const QByteArray &target, const QByteArray &more = {}) {
    return "GET " + target +
           " HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
           "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
           more + "\r\n";
  }

  bool send(const QByteArray &bytes) { return m_client.send(bytes); }
  bool sendText(const QByteArray &text) { return m_client.send(textFrame(text)); }
  bool sendBinary(const QByteArray &bytes) { return m_client.send(binaryFrame(bytes)); }
  // The next frame; opcode -1 when the stream ended without one.
  ServerFrame next() {
    ServerFrame frame{-1, {}};
    waitUntil([&] {
      m_client.collect();
      m_stream += m_client.take(m_client.received().size());
      if (const auto taken = ServerFrame::take(m_stream)) {
        frame = *taken;
        return true;
      }
      return m_client.hasEnded() && m_client.received().isEmpty();  // both may come at once
    });
    return frame;
  }
  QByteArray nextText() { return next().payload; }
  // Reads on to the Close frame; 0 when the stream ends without one.
  int closeCode() {
    ServerFrame frame = next();
    while (frame.opcode >= 0 && frame.opcode != 8) frame = next();
    return frame.closeCode();
  }
  bool waitForEnd() { return m_client.waitForEnd(); }
  [[nodiscard]] RawClient &client() { return m_client; }

  QByteArray head;

 private:
  RawClient m_client;
  QByteArray m_stream;
};

}  // namespace gx::test
