// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/abuse/hostile_server.h"

#include <gtest/gtest.h>

#include <QHostAddress>
#include <QTcpSocket>

namespace gx::test {

namespace {
constexpr qint64 kBehind = 1024 * 1024;  // bytes that wait for the reader
}  // namespace

HostileServer::HostileServer(QByteArray answer, quint16 port, QByteArray endless)
    : m_answer(std::move(answer)), m_endless(std::move(endless)) {
  EXPECT_TRUE(listen(QHostAddress(QHostAddress::LocalHost), port)) << errorString().toStdString();
  connect(this, &QTcpServer::newConnection, this, [this] {
    while (QTcpSocket *socket = nextPendingConnection()) take(socket);
  });
}

void HostileServer::take(QTcpSocket *socket) {
  ++m_connections;
  connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
  connect(socket, &QTcpSocket::bytesWritten, this, [this, socket] { pour(socket); });
  connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
    const QByteArray bytes = socket->readAll();
    m_received += bytes;
    if (!bytes.contains("\r\n\r\n")) return;
    m_sent += socket->write(m_answer);
    pour(socket);
  });
}

void HostileServer::pour(QTcpSocket *socket) {
  while (!m_endless.isEmpty() && socket->bytesToWrite() < kBehind && socket->isOpen()) {
    const qint64 written = socket->write(m_endless);
    if (written <= 0) return;
    m_sent += written;
  }
}

}  // namespace gx::test
