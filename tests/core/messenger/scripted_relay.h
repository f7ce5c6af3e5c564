// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QHash>
#include <QTcpServer>
#include <QTcpSocket>

namespace gx::test {

// A relay that answers what a test wants, for what an honest one never says: one JSON body for each method and path.
class ScriptedRelay final : public QTcpServer {
 public:
  ScriptedRelay() {
    listen(QHostAddress::LocalHost);
    connect(this, &QTcpServer::newConnection, this, [this] { serve(nextPendingConnection()); });
  }

  QHash<QByteArray, QByteArray> answers;  // "POST /api/v1/conversations": the body of a 200

  [[nodiscard]] QString url() const { return QStringLiteral("http://127.0.0.1:%1").arg(serverPort()); }

 private:
  void serve(QTcpSocket *socket) {
    connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    connect(socket, &QTcpSocket::readyRead, this, [this, socket] { take(socket); });
  }
  // A request comes in one piece: it is small, and the way is loopback.
  void take(QTcpSocket *socket) {
    const QByteArray line = socket->readAll().split('\r').first();
    const QByteArray asked = line.left(line.lastIndexOf(' ')).split('?').first();
    const QByteArray body = answers.value(asked);
    const QByteArray status = answers.contains(asked) ? "200 OK" : "404 Not Found";
    socket->write("HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: " +
                  QByteArray::number(body.size()) + "\r\n\r\n" + body);
    socket->disconnectFromHost();
  }
};

}  // namespace gx::test
