// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QHash>
#include <QHostAddress>
#include <QJsonObject>
#include <QTcpSocket>

namespace gx::test {

struct RawResponse {
  int status = 0;                         // 0: none came
  QHash<QByteArray, QByteArray> headers;  // names in lower case
  QByteArray body;

  [[nodiscard]] QJsonObject json() const;
  [[nodiscard]] QByteArray code() const;  // of a problem
};

// HTTP by hand over one kept connection to 127.0.0.1: for what a proper client would never send, and for servers in the
// test's own thread (the event loop runs while it waits).
class RawHttp final {
 public:
  // `from` is the own address, any of 127.0.0.0/8: what the server counts limits by.
  explicit RawHttp(quint16 port, QHostAddress from = {});

  // Sent with every request from now on.
  void setToken(const QByteArray &token) { m_token = token; }
  RawResponse get(const QByteArray &path) { return send("GET", path, {}); }
  RawResponse post(const QByteArray &path, const QByteArray &json) { return send("POST", path, json); }
  RawResponse put(const QByteArray &path, const QByteArray &json) { return send("PUT", path, json); }
  RawResponse remove(const QByteArray &path) { return send("DELETE", path, {}); }
  RawResponse send(const QByteArray &method, const QByteArray &path, const QByteArray &body,
                   const QByteArray &contentType = "application/json");
  // Bytes as they are; the first answer to them.
  RawResponse sendBytes(const QByteArray &bytes);
  // The connection of the last answer is still there.
  [[nodiscard]] bool isOpen() const { return m_socket.state() == QAbstractSocket::ConnectedState; }

 private:
  [[nodiscard]] RawResponse read();
  void connectAgain();

  quint16 m_port;
  QHostAddress m_from;
  QByteArray m_token;
  QByteArray m_received;
  QTcpSocket m_socket;
};

}  // namespace gx::test
