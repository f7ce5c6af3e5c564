// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/support/fake_proxy.h"

namespace gx::test {

FakeProxy::FakeProxy() {
  listen(QHostAddress::LocalHost);
  connect(this, &QTcpServer::newConnection, this, &FakeProxy::takeConnection);
}

void FakeProxy::takeConnection() {
  QTcpSocket *client = nextPendingConnection();
  connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
  connect(client, &QTcpSocket::readyRead, this, [this, client] { takeRequest(client); });
}

void FakeProxy::takeRequest(QTcpSocket *client) {
  const QByteArray head = client->peek(16'384);
  if (!head.contains("\r\n\r\n")) return;
  client->skip(head.indexOf("\r\n\r\n") + 4);
  const QByteArray target = head.split(' ').value(1);
  m_asked.append(target);
  if (!m_login.isEmpty() && !head.contains("Basic " + m_login.toBase64())) {
    client->write("HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0\r\n\r\n");
    return;
  }
  if (!head.startsWith("CONNECT ") || !m_ways.contains(target)) {
    client->write("HTTP/1.1 403 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    return client->disconnectFromHost();
  }
  client->disconnect(this);
  join(client, m_ways[target]);
}

void FakeProxy::join(QTcpSocket *client, quint16 port) {
  auto *server = new QTcpSocket(client);
  connect(server, &QTcpSocket::connected, client, [client] { client->write("HTTP/1.1 200 Go\r\n\r\n"); });
  connect(server, &QTcpSocket::readyRead, client, [client, server] { client->write(server->readAll()); });
  connect(client, &QTcpSocket::readyRead, server, [client, server] { server->write(client->readAll()); });
  connect(server, &QTcpSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
  server->connectToHost(QHostAddress::LocalHost, port);
}

}  // namespace gx::test
