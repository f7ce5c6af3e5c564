// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/core/net/fake_http_server.h"

namespace gx::test {

QByteArray FakeRequest::header(QByteArrayView name) const {
  for (const auto &[key, value] : headers)
    if (QByteArrayView(key).compare(name, Qt::CaseInsensitive) == 0) return value;
  return {};
}

QByteArray httpAnswer(int status, const QByteArray &body, const QByteArray &type, const QList<QByteArray> &extra) {
  QByteArray answer = "HTTP/1.1 " + QByteArray::number(status) + " Told\r\n";
  if (!type.isEmpty()) answer += "Content-Type: " + type + "\r\n";
  if (status != 204) answer += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
  for (const QByteArray &line : extra) answer += line + "\r\n";
  return answer + "\r\n" + body;
}

FakeHttpServer::FakeHttpServer(Script script, std::optional<QSslConfiguration> tls)
    : m_script(std::move(script)), m_tls(std::move(tls)) {
  listen(QHostAddress::LocalHost);
}

void FakeHttpServer::takeWebSockets(std::function<void(QWebSocket *)> take) {
  m_takeWebSocket = std::move(take);
  connect(&m_webSockets, &QWebSocketServer::newConnection, this,
          [this] { m_takeWebSocket(m_webSockets.nextPendingConnection()); });
}

QString FakeHttpServer::url(const QString &host) const {
  return (m_tls ? QStringLiteral("https://") : QStringLiteral("http://")) + host + u':' + QString::number(serverPort());
}

void FakeHttpServer::incomingConnection(qintptr descriptor) {
  ++m_connections;
  auto *socket = new QSslSocket(this);
  socket->setSocketDescriptor(descriptor);
  connect(socket, &QTcpSocket::readyRead, this, [this, socket] { take(socket); });
  connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
  if (!m_tls) return;
  socket->setSslConfiguration(*m_tls);
  socket->startServerEncryption();
}

void FakeHttpServer::take(QTcpSocket *socket) {
  for (;;) {
    if (!socket->isOpen()) return;
    const QByteArray seen = socket->peek(1 << 20);
    const qsizetype headEnd = seen.indexOf("\r\n\r\n");
    if (headEnd < 0) return;
    if (m_takeWebSocket && seen.toLower().contains("\r\nupgrade: websocket")) {
      socket->disconnect(this);
      return m_webSockets.handleConnection(socket);
    }
    FakeRequest request;
    const QList<QByteArray> lines = seen.left(headEnd).split('\n');
    const QList<QByteArray> words = lines.at(0).trimmed().split(' ');
    request.method = words.value(0);
    request.target = words.value(1);
    for (qsizetype i = 1; i < lines.size(); ++i) {
      const qsizetype colon = lines.at(i).indexOf(':');
      request.headers.emplaceBack(lines.at(i).left(colon), lines.at(i).mid(colon + 1).trimmed());
    }
    const qsizetype length = request.header("Content-Length").toLongLong();
    if (seen.size() < headEnd + 4 + length) return;
    request.body = seen.mid(headEnd + 4, length);
    m_plainBytes += headEnd + 4 + length;
    socket->skip(headEnd + 4 + length);
    m_requests.append(request);
    m_script(request, socket);
  }
}

FakeHttpServer::Script always(const QByteArray &answer) {
  return [answer](const FakeRequest &, QTcpSocket *socket) { socket->write(answer); };
}

}  // namespace gx::test
