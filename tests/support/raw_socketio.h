// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QTcpSocket>
#include <list>

namespace gx::test {

// A Socket.IO client by hand: one web socket to 127.0.0.1, text only, answers pings. For servers in other processes and
// in the test's own thread (the event loop runs while it waits).
class RawSocketIo final {
 public:
  // Opens the web socket and waits for Engine.IO's open packet.
  explicit RawSocketIo(quint16 port);
  RawSocketIo(const RawSocketIo &) = delete;
  RawSocketIo &operator=(const RawSocketIo &) = delete;

  // CONNECT to "/" with this payload. Empty when accepted, else the CONNECT_ERROR.
  QJsonObject connectWith(const QJsonObject &auth);
  // The next event of this name, its first argument. Others stay for later calls.
  QJsonObject waitFor(const QByteArray &event, std::chrono::milliseconds limit = std::chrono::seconds(10));
  // Whether such an event is here already.
  bool has(const QByteArray &event);
  // Sends an event and waits for its ack, whose first argument is returned.
  QJsonObject ask(const QByteArray &event, const QJsonObject &argument);
  void tell(const QByteArray &event, const QJsonObject &argument);
  // An Engine.IO text frame as it is: "42[…]".
  void sendFrame(const QByteArray &frame);
  // Waits for the end; the web socket close code, 1006 when the stream just ended.
  int waitForClose(std::chrono::milliseconds limit = std::chrono::seconds(10));
  // No further reading, as a client that hangs.
  void stopReading() { m_isReading = false; }
  [[nodiscard]] bool isOpen() const { return m_socket.state() == QAbstractSocket::ConnectedState && m_closeCode == 0; }

 private:
  struct Event {
    QByteArray name;
    QJsonObject argument;
  };
  void pump();
  bool takeFrame();
  void takeText(const QByteArray &text);
  void write(quint8 opcode, const QByteArray &payload);

  QTcpSocket m_socket;
  QByteArray m_received;
  bool m_isUpgraded = false;
  bool m_isOpened = false;
  bool m_isReading = true;
  bool m_isConnected = false;
  int m_closeCode = 0;
  QJsonObject m_refusal;
  std::list<Event> m_events;
  QHash<int, QJsonObject> m_acks;
  int m_lastAck = 0;
};

}  // namespace gx::test
