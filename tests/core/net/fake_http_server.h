// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QList>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTcpServer>
#include <QWebSocket>
#include <QWebSocketServer>
#include <functional>
#include <optional>

#include "core/net/http_message.h"

namespace gx::test {

struct FakeRequest {
  QByteArray method;
  QByteArray target;  // path and query
  net::HttpHeaders headers{};
  QByteArray body{};

  [[nodiscard]] QByteArray header(QByteArrayView name) const;
  [[nodiscard]] QByteArray path() const { return target.split('?').first(); }
};

// "HTTP/1.1 200 …" with a body; `extra` are whole header lines without their ends.
[[nodiscard]] QByteArray httpAnswer(int status, const QByteArray &body, const QByteArray &type = "application/json",
                                    const QList<QByteArray> &extra = {});

// A loopback HTTP/1.1 server that does as it is told, plain or with TLS: the bytes a script writes are the answer.
class FakeHttpServer : public QTcpServer {
  Q_OBJECT
 public:
  // Called for each whole request; writes to the socket, now or later, or closes it.
  using Script = std::function<void(const FakeRequest &request, QTcpSocket *socket)>;

  explicit FakeHttpServer(Script script, std::optional<QSslConfiguration> tls = {});

  // Takes upgrade requests; without it they are requests like others.
  void takeWebSockets(std::function<void(QWebSocket *)> take);

  [[nodiscard]] QString url(const QString &host = QStringLiteral("127.0.0.1")) const;
  [[nodiscard]] const QList<FakeRequest> &requests() const { return m_requests; }
  [[nodiscard]] int connections() const { return m_connections; }
  [[nodiscard]] qsizetype plainBytes() const { return m_plainBytes; }  // received, after decryption

 protected:
  void incomingConnection(qintptr descriptor) override;

 private:
  void take(QTcpSocket *socket);

  Script m_script;
  std::function<void(QWebSocket *)> m_takeWebSocket;
  QWebSocketServer m_webSockets{QString(), QWebSocketServer::NonSecureMode};
  std::optional<QSslConfiguration> m_tls;
  QList<FakeRequest> m_requests;
  int m_connections = 0;
  qsizetype m_plainBytes = 0;
};

// A script that always gives the same answer.
[[nodiscard]] FakeHttpServer::Script always(const QByteArray &answer);

}  // namespace gx::test
