// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QObject>
#include <QPointer>
#include <QWebSocket>
#include <functional>
#include <optional>

#include "tests/core/net/fake_http_server.h"

namespace gx::test {

// A small Socket.IO server for one client at a time, with its own idea of the protocol: nothing of core/wire is in it.
class FakeRealtime final : public QObject {
  Q_OBJECT
 public:
  struct Manners {
    bool takesWebSockets = true;
    bool answersProbes = true;
    int pingInterval = 25'000;  // told, not kept
    int pingTimeout = 20'000;
    int maxPayload = 1'000'000;
    QByteArray answerToConnect = R"(40{"sid":"x"})";
  };

  explicit FakeRealtime(Manners manners, std::optional<QSslConfiguration> tls = {});

  // Answers a Socket.IO text message ("421["name",1]" without its 4) with another, or with nothing.
  std::function<QByteArray(const QByteArray &message)> answer;
  // Answers other HTTP requests.
  FakeHttpServer::Script rest = always(httpAnswer(404, "{}"));

  void push(const QByteArray &packet);  // "42[\"x\"]"
  void pushBinary(const QByteArray &bytes);
  void ping() { push("2"); }
  void closeWebSocket(int code);
  void cut();  // drops every connection without a word

  [[nodiscard]] QString url() const { return m_server.url(); }
  [[nodiscard]] quint16 port() const { return m_server.serverPort(); }
  [[nodiscard]] FakeHttpServer &server() { return m_server; }
  [[nodiscard]] const QList<QByteArray> &received() const { return m_received; }  // packets, "b:" before binary ones
  [[nodiscard]] bool isOnWebSocket() const { return m_isOnWebSocket; }
  [[nodiscard]] int sessions() const { return m_sessions; }

 private:
  void takeRequest(const FakeRequest &request, QTcpSocket *socket);
  void takeWebSocket(QWebSocket *socket);
  void takeProbe(QWebSocket *socket, const QByteArray &packet);
  void takePacket(const QByteArray &packet, bool isBinary = false);
  [[nodiscard]] QByteArray openPacket();
  void flush();

  Manners m_manners;
  FakeHttpServer m_server;
  QPointer<QTcpSocket> m_poll;
  QPointer<QWebSocket> m_webSocket;
  QList<QByteArray> m_queue;
  QList<QByteArray> m_received;
  bool m_isOnWebSocket = false;
  int m_sessions = 0;
};

}  // namespace gx::test
