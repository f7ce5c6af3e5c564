// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/support/socks_proxy.h"

#include <QHostAddress>
#include <QtEndian>

namespace gx::test {

namespace {

constexpr char kVersion = 5;
constexpr char kLoginVersion = 1;
constexpr char kNoLogin = 0;
constexpr char kUserAndPassword = 2;
constexpr char kNoMethod = '\xff';
constexpr char kConnect = 1;
enum AddressType : char { Ip4 = 1, Name = 3, Ip6 = 4 };

qsizetype byteAt(const QByteArray &bytes, qsizetype i) {
  return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0;
}

// A reply with the address 0.0.0.0:0, as proxies that do not tell theirs give it.
QByteArray replyOf(SocksProxy::Reply reply) {
  return QByteArray(1, kVersion) + char(reply) + '\0' + char(Ip4) + QByteArray(6, '\0');
}

qsizetype addressSize(const QByteArray &bytes) {
  switch (bytes[3]) {
    case Ip4:
      return 4;
    case Ip6:
      return 16;
    default:
      return 1 + byteAt(bytes, 4);
  }
}

QByteArray hostIn(const QByteArray &bytes) {
  const QByteArray address = bytes.sliced(4, addressSize(bytes));
  if (bytes[3] == Name) return address.sliced(1);
  if (bytes[3] == Ip4) return QHostAddress(qFromBigEndian<quint32>(address.constData())).toString().toLatin1();
  return QHostAddress(reinterpret_cast<const quint8 *>(address.constData())).toString().toLatin1();
}

}  // namespace

SocksProxy::SocksProxy() {
  listen(QHostAddress::LocalHost);
  connect(this, &QTcpServer::newConnection, this, &SocksProxy::takeConnection);
}

void SocksProxy::takeConnection() {
  while (QTcpSocket *client = nextPendingConnection()) {
    m_steps[client] = Step::Greeting;
    connect(client, &QTcpSocket::disconnected, this, [this, client] { m_steps.remove(client); });
    connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
    connect(client, &QTcpSocket::readyRead, this, [this, client] { take(client); });
    take(client);
  }
}

// 0 while it is not all there.
qsizetype SocksProxy::sizeOf(Step step, const QByteArray &bytes) {
  const qsizetype first = byteAt(bytes, 1);
  qsizetype size = 2 + first;
  if (step == Step::Login) size = 3 + first + byteAt(bytes, 2 + first);
  if (step == Step::Request) size = bytes.size() < 5 ? 10 : 4 + addressSize(bytes) + 2;
  return bytes.size() < qMax(size, qsizetype{3}) ? 0 : size;
}

void SocksProxy::take(QTcpSocket *client) {
  while (m_steps.value(client, Step::Done) != Step::Done) {
    const Step step = m_steps[client];
    const QByteArray bytes = client->peek(1024);
    const qsizetype size = sizeOf(step, bytes);
    if (size == 0) return;
    client->skip(size);
    const QByteArray message = bytes.first(size);
    const Step next = step == Step::Greeting ? takeGreeting(client, message)
                      : step == Step::Login  ? takeLogin(client, message)
                                             : takeRequest(client, message);
    if (m_steps.contains(client)) m_steps[client] = next;
  }
}

SocksProxy::Step SocksProxy::takeGreeting(QTcpSocket *client, const QByteArray &message) {
  const char method = m_login.first.isEmpty() ? kNoLogin : kUserAndPassword;
  if (message[0] == kVersion && message.sliced(2).contains(method)) {
    client->write(QByteArray(1, kVersion) + method);
    return method == kNoLogin ? Step::Request : Step::Login;
  }
  client->write(QByteArray(1, kVersion) + kNoMethod);
  ++m_refusedLogins;
  client->disconnectFromHost();
  return Step::Done;
}

SocksProxy::Step SocksProxy::takeLogin(QTcpSocket *client, const QByteArray &message) {
  const qsizetype userSize = byteAt(message, 1);
  const QByteArray user = message.sliced(2, userSize);
  const QByteArray password = message.sliced(3 + userSize);
  const bool isRight = message[0] == kLoginVersion && m_login == std::pair(user, password);
  client->write(QByteArray(1, kLoginVersion) + (isRight ? '\0' : '\1'));
  if (isRight) return Step::Request;
  ++m_refusedLogins;
  client->disconnectFromHost();
  return Step::Done;
}

SocksProxy::Step SocksProxy::takeRequest(QTcpSocket *client, const QByteArray &message) {
  const auto port = qFromBigEndian<quint16>(message.constData() + message.size() - 2);
  const QByteArray target = hostIn(message) + ':' + QByteArray::number(port);
  m_asked.append(Asked{message[3] == Name, target});
  client->disconnect(this);
  m_steps.remove(client);
  const bool isFit = message[0] == kVersion && message[1] == kConnect;
  if (isFit && m_refusal == Granted && m_ways.contains(target)) {
    join(client, m_ways[target]);
  } else {
    client->write(replyOf(m_refusal == Granted ? HostUnreachable : m_refusal));
    client->disconnectFromHost();
  }
  return Step::Done;
}

void SocksProxy::join(QTcpSocket *client, quint16 port) {
  auto *server = new QTcpSocket(client);
  connect(server, &QTcpSocket::connected, client, [client] { client->write(replyOf(Granted)); });
  connect(server, &QTcpSocket::readyRead, client, [client, server] { client->write(server->readAll()); });
  connect(client, &QTcpSocket::readyRead, server, [client, server] { server->write(client->readAll()); });
  connect(server, &QTcpSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
  connect(server, &QTcpSocket::errorOccurred, client, [client](QAbstractSocket::SocketError error) {
    if (error == QAbstractSocket::ConnectionRefusedError) client->write(replyOf(Refused));
    client->disconnectFromHost();
  });
  server->connectToHost(QHostAddress::LocalHost, port);
}

}  // namespace gx::test
