// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QHash>
#include <QList>
#include <QTcpServer>
#include <QTcpSocket>

namespace gx::test {

// An HTTP CONNECT proxy that leads names to loopback ports.
class FakeProxy final : public QTcpServer {
  Q_OBJECT
 public:
  FakeProxy();

  void lead(const QByteArray &hostAndPort, quint16 toPort) { m_ways[hostAndPort] = toPort; }
  void requireLogin(const QByteArray &userAndPassword) { m_login = userAndPassword; }
  [[nodiscard]] const QList<QByteArray> &asked() const { return m_asked; }

 private:
  void takeConnection();
  void takeRequest(QTcpSocket *client);
  static void join(QTcpSocket *client, quint16 port);

  QHash<QByteArray, quint16> m_ways;
  QByteArray m_login;
  QList<QByteArray> m_asked;
};

}  // namespace gx::test
