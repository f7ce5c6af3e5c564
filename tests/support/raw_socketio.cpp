// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/support/raw_socketio.h"

#include <QHostAddress>
#include <QJsonDocument>
#include <QtEndian>

#include "tests/support/await.h"

namespace gx::test {

namespace {

QByteArray jsonText(const QJsonObject &object) {
  return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QJsonArray jsonArray(const QByteArray &text) {
  return QJsonDocument::fromJson(text).array();
}

}  // namespace

RawSocketIo::RawSocketIo(quint16 port) {
  m_socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
  waitUntil([&] { return m_socket.state() == QAbstractSocket::ConnectedState; });
  m_socket.write(
      "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: "
      "Upgrade\r\n"
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
  waitUntil([&] {
    pump();
    return m_isOpened || m_closeCode != 0;
  });
}

QJsonObject RawSocketIo::connectWith(const QJsonObject &auth) {
  m_refusal = {};
  sendFrame("40" + jsonText(auth));
  waitUntil([&] {
    pump();
    return m_isConnected || !m_refusal.isEmpty() || m_closeCode != 0;
  });
  return m_refusal;
}

bool RawSocketIo::has(const QByteArray &event) {
  pump();
  return std::any_of(m_events.begin(), m_events.end(), [&](const Event &known) { return known.name == event; });
}

QJsonObject RawSocketIo::waitFor(const QByteArray &event, std::chrono::milliseconds limit) {
  const auto isIt = [&](const Event &known) { return known.name == event; };
  auto found = m_events.end();
  waitUntil(
      [&] {
        pump();
        found = std::find_if(m_events.begin(), m_events.end(), isIt);
        return found != m_events.end() || m_closeCode != 0;
      },
      limit);
  if (found == m_events.end()) {
    ADD_FAILURE() << "no event " << event.constData() << ", close code " << m_closeCode;
    return {};
  }
  const QJsonObject argument = found->argument;
  m_events.erase(found);
  return argument;
}

QJsonObject RawSocketIo::ask(const QByteArray &event, const QJsonObject &argument) {
  const int id = ++m_lastAck;
  sendFrame("42" + QByteArray::number(id) + "[\"" + event + "\"," + jsonText(argument) + ']');
  waitUntil([&] {
    pump();
    return m_acks.contains(id) || m_closeCode != 0;
  });
  return m_acks.take(id);
}

void RawSocketIo::tell(const QByteArray &event, const QJsonObject &argument) {
  sendFrame("42[\"" + event + "\"," + jsonText(argument) + ']');
}

void RawSocketIo::sendFrame(const QByteArray &frame) {
  write(1, frame);
}

int RawSocketIo::waitForClose(std::chrono::milliseconds limit) {
  waitUntil(
      [&] {
        pump();
        return m_closeCode != 0;
      },
      limit);
  return m_closeCode;
}

void RawSocketIo::pump() {
  if (!m_isReading) return;
  m_received += m_socket.readAll();
  if (!m_isUpgraded) {
    const qsizetype end = m_received.indexOf("\r\n\r\n");
    if (end >= 0) {
      m_isUpgraded = m_received.startsWith("HTTP/1.1 101");
      if (!m_isUpgraded) m_closeCode = 1006;
      m_received.remove(0, end + 4);
    }
  }
  while (m_isUpgraded && takeFrame()) {
  }
  if (m_socket.state() == QAbstractSocket::UnconnectedState && m_closeCode == 0) m_closeCode = 1006;
}

bool RawSocketIo::takeFrame() {
  if (m_received.size() < 2) return false;
  const auto *bytes = reinterpret_cast<const uchar *>(m_received.constData());
  qsizetype head = 2;
  quint64 size = bytes[1] & 0x7f;
  if (size == 126) head = 4;
  if (size == 127) head = 10;
  if (m_received.size() < head) return false;
  if (head == 4) size = qFromBigEndian<quint16>(bytes + 2);
  if (head == 10) size = qFromBigEndian<quint64>(bytes + 2);
  if (static_cast<quint64>(m_received.size() - head) < size) return false;
  const int opcode = bytes[0] & 0x0f;
  const QByteArray payload = m_received.sliced(head, static_cast<qsizetype>(size));
  m_received.remove(0, head + static_cast<qsizetype>(size));
  if (opcode == 1) takeText(payload);
  if (opcode == 9) write(10, payload);
  if (opcode == 8) {
    m_closeCode = payload.size() >= 2 ? qFromBigEndian<quint16>(payload.constData()) : 1005;
    write(8, payload);
  }
  return true;
}

void RawSocketIo::takeText(const QByteArray &text) {
  if (text.startsWith('0')) m_isOpened = true;
  if (text == "2") sendFrame("3");
  if (text.startsWith("40")) m_isConnected = true;
  if (text.startsWith("44")) m_refusal = QJsonDocument::fromJson(text.sliced(2)).object();
  if (text.startsWith("42")) {
    const QJsonArray event = jsonArray(text.sliced(text.indexOf('[')));
    m_events.push_back({event.at(0).toString().toUtf8(), event.at(1).toObject()});
  }
  if (text.startsWith("43")) {
    const qsizetype open = text.indexOf('[');
    m_acks.insert(text.sliced(2, open - 2).toInt(), jsonArray(text.sliced(open)).at(0).toObject());
  }
}

void RawSocketIo::write(quint8 opcode, const QByteArray &payload) {
  QByteArray frame(1, static_cast<char>(0x80 | opcode));
  if (payload.size() < 126) {
    frame += static_cast<char>(0x80 | payload.size());
  } else if (payload.size() < 65536) {
    frame += static_cast<char>(0x80 | 126);
    const quint16 size = qToBigEndian(static_cast<quint16>(payload.size()));
    frame.append(reinterpret_cast<const char *>(&size), 2);
  } else {
    frame += static_cast<char>(0x80 | 127);
    const quint64 size = qToBigEndian(static_cast<quint64>(payload.size()));
    frame.append(reinterpret_cast<const char *>(&size), 8);
  }
  const QByteArray mask("\x12\x34\x56\x78", 4);
  frame += mask;
  for (qsizetype i = 0; i < payload.size(); ++i) frame += static_cast<char>(payload[i] ^ mask[i % 4]);
  m_socket.write(frame);
  m_socket.flush();
}

}  // namespace gx::test
