// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QHash>
#include <QList>
#include <QTcpServer>
#include <QTcpSocket>

namespace gx::test {

// A SOCKS5 proxy (RFC 1928, CONNECT alone) that leads names to loopback ports, with user and password (RFC 1929) if
// asked to. Never looks a name up.
class SocksProxy final : public QTcpServer {
  Q_OBJECT
 public:
  struct Asked {
    bool byName = false;  // false: an address, so that whoever asked looked it up before
    QByteArray target;    // "api.gxcoin.money:443"

    bool operator==(const Asked &) const = default;
  };
  // The reply field of RFC 1928, section 6.
  enum Reply : char { Granted = 0, GeneralFailure = 1, NotAllowed = 2, HostUnreachable = 4, Refused = 5 };

  SocksProxy();

  void lead(const QByteArray &hostAndPort, quint16 toPort) { m_ways[hostAndPort] = toPort; }
  void requireLogin(const QByteArray &user, const QByteArray &password) { m_login = {user, password}; }
  // What every request is refused with; before that, names that lead nowhere get HostUnreachable.
  void refuseAll(Reply reply) { m_refusal = reply; }

  [[nodiscard]] const QList<Asked> &asked() const { return m_asked; }
  [[nodiscard]] int refusedLogins() const { return m_refusedLogins; }

 private:
  enum class Step { Greeting, Login, Request, Done };

  void takeConnection();
  void take(QTcpSocket *client);
  // Each takes one whole message of the client's and answers what it waits for then.
  Step takeGreeting(QTcpSocket *client, const QByteArray &message);
  Step takeLogin(QTcpSocket *client, const QByteArray &message);
  Step takeRequest(QTcpSocket *client, const QByteArray &message);
  static void join(QTcpSocket *client, quint16 port);
  static qsizetype sizeOf(Step step, const QByteArray &bytes);

  QHash<const QTcpSocket *, Step> m_steps;
  QHash<QByteArray, quint16> m_ways;
  std::pair<QByteArray, QByteArray> m_login;
  Reply m_refusal = Granted;
  QList<Asked> m_asked;
  int m_refusedLogins = 0;
};

}  // namespace gx::test
