// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/core/net/fake_realtime.h"

namespace gx::test {

FakeRealtime::FakeRealtime(Manners manners, std::optional<QSslConfiguration> tls)
    : m_manners(std::move(manners)),
      m_server([this](const FakeRequest &request, QTcpSocket *socket) { takeRequest(request, socket); },
               std::move(tls)) {
  if (m_manners.takesWebSockets) m_server.takeWebSockets([this](QWebSocket *socket) { takeWebSocket(socket); });
}

QByteArray FakeRealtime::openPacket() {
  ++m_sessions;
  m_isOnWebSocket = false;
  m_queue.clear();
  return R"(0{"sid":"s)" + QByteArray::number(m_sessions) + R"(","upgrades":["websocket"],"pingInterval":)" +
         QByteArray::number(m_manners.pingInterval) + R"(,"pingTimeout":)" + QByteArray::number(m_manners.pingTimeout) +
         R"(,"maxPayload":)" + QByteArray::number(m_manners.maxPayload) + "}";
}

void FakeRealtime::takeRequest(const FakeRequest &request, QTcpSocket *socket) {
  if (!request.path().startsWith("/socket.io/")) return rest(request, socket);
  if (request.target.contains("transport=websocket")) return void(socket->write(httpAnswer(403, "no", "text/plain")));
  if (!request.target.contains("sid=")) return void(socket->write(httpAnswer(200, openPacket(), "text/plain")));
  if (!request.target.contains("sid=s" + QByteArray::number(m_sessions)))
    return void(socket->write(httpAnswer(400, R"({"code":1,"message":"Session ID unknown"})")));
  if (request.method == "GET") {
    m_poll = socket;
    return flush();
  }
  socket->write(httpAnswer(200, "ok", "text/html"));  // what the reference server says
  for (const QByteArray &packet : request.body.split('\x1e')) {
    const bool isBinary = packet.startsWith('b');
    takePacket(isBinary ? QByteArray::fromBase64(packet.mid(1)) : packet, isBinary);
  }
}

void FakeRealtime::takeWebSocket(QWebSocket *socket) {
  socket->setParent(this);
  const bool isProbe = socket->requestUrl().query().contains(QStringLiteral("sid="));
  connect(socket, &QWebSocket::textMessageReceived, this, [this, socket](const QString &text) {
    socket == m_webSocket ? takePacket(text.toUtf8()) : takeProbe(socket, text.toUtf8());
  });
  connect(socket, &QWebSocket::binaryMessageReceived, this, [this](const QByteArray &b) { takePacket(b, true); });
  if (isProbe) return;
  socket->sendTextMessage(QString::fromUtf8(openPacket()));
  m_webSocket = socket;
  m_isOnWebSocket = true;
}

void FakeRealtime::takeProbe(QWebSocket *socket, const QByteArray &packet) {
  if (packet == "2probe" && m_manners.answersProbes) {
    socket->sendTextMessage(QStringLiteral("3probe"));
    if (m_queue.isEmpty()) push("6");
  }
  if (packet != "5") return;
  m_webSocket = socket;
  m_isOnWebSocket = true;
  flush();
}

void FakeRealtime::takePacket(const QByteArray &packet, bool isBinary) {
  m_received.append(isBinary ? "b:" + packet : packet);
  if (isBinary || !packet.startsWith('4')) return;
  if (packet.startsWith("40")) return push(m_manners.answerToConnect);
  const QByteArray reply = answer ? answer(packet.mid(1)) : QByteArray();
  if (!reply.isEmpty()) push("4" + reply);
}

void FakeRealtime::push(const QByteArray &packet) {
  m_queue.append(packet);
  flush();
}

void FakeRealtime::pushBinary(const QByteArray &bytes) {
  push("b" + bytes.toBase64());
}

void FakeRealtime::flush() {
  if (m_isOnWebSocket && m_webSocket) {
    for (const QByteArray &packet : std::exchange(m_queue, {})) {
      if (packet.startsWith('b'))
        m_webSocket->sendBinaryMessage(QByteArray::fromBase64(packet.mid(1)));
      else
        m_webSocket->sendTextMessage(QString::fromUtf8(packet));
    }
  } else if (m_poll && !m_queue.isEmpty()) {
    m_poll->write(httpAnswer(200, m_queue.join('\x1e'), "text/plain; charset=UTF-8"));
    m_poll = nullptr;
    m_queue.clear();
  }
}

void FakeRealtime::closeWebSocket(int code) {
  if (m_webSocket) m_webSocket->close(static_cast<QWebSocketProtocol::CloseCode>(code));
}

void FakeRealtime::cut() {
  if (m_webSocket) m_webSocket->abort();
  if (m_poll) m_poll->abort();
}

}  // namespace gx::test
