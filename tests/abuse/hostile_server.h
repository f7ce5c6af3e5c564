// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QTcpServer>
#include <functional>

class QTcpSocket;

namespace gx::test {

// Something that stands where a relay should: answers each request with the same bytes and keeps what it was sent.
class HostileServer final : public QTcpServer {
  Q_OBJECT
 public:
  // On 127.0.0.1; 0 is a free port. With `endless` those bytes follow for as long as somebody reads.
  HostileServer(QByteArray answer, quint16 port, QByteArray endless = {});

  [[nodiscard]] const QByteArray &received() const { return m_received; }
  [[nodiscard]] int connections() const { return m_connections; }
  [[nodiscard]] qint64 sent() const { return m_sent; }

 private:
  void take(QTcpSocket *socket);
  void pour(QTcpSocket *socket);

  QByteArray m_answer;
  QByteArray m_endless;
  QByteArray m_received;
  int m_connections = 0;
  qint64 m_sent = 0;
};

}  // namespace gx::test
