// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/support/raw_http.h"

#include <QHostAddress>
#include <QJsonDocument>

#include "tests/support/await.h"

namespace gx::test {

QJsonObject RawResponse::json() const {
  return QJsonDocument::fromJson(body).object();
}

QByteArray RawResponse::code() const {
  return json().value(QLatin1String("code")).toString().toUtf8();
}

RawHttp::RawHttp(quint16 port, QHostAddress from) : m_port(port), m_from(std::move(from)) {}

void RawHttp::connectAgain() {
  if (m_socket.state() == QAbstractSocket::ConnectedState) return;
  m_socket.abort();
  m_received.clear();
  if (!m_from.isNull()) m_socket.bind(m_from);
  m_socket.connectToHost(QHostAddress(QHostAddress::LocalHost), m_port);
  waitUntil([&] { return m_socket.state() == QAbstractSocket::ConnectedState; });
}

RawResponse RawHttp::send(const QByteArray &method, const QByteArray &path, const QByteArray &body,
                          const QByteArray &contentType) {
  QByteArray request = method + ' ' + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
  if (!m_token.isEmpty()) request += "Authorization: Bearer " + m_token + "\r\n";
  if (!body.isNull() || method == "POST" || method == "PUT") {
    if (!contentType.isEmpty()) request += "Content-Type: " + contentType + "\r\n";
    request += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
  }
  return sendBytes(request + "\r\n" + body);
}

RawResponse RawHttp::sendBytes(const QByteArray &bytes) {
  connectAgain();
  m_socket.write(bytes);
  return read();
}

RawResponse RawHttp::read() {
  RawResponse response;
  qsizetype end = -1;
  qsizetype size = 0;
  const bool isWhole = waitUntil(
      [&] {
        m_received += m_socket.readAll();
        if (end < 0) end = m_received.indexOf("\r\n\r\n");
        if (end >= 0) {
          const qsizetype at = m_received.first(end).toLower().indexOf("\r\ncontent-length:");
          if (at >= 0)
            size = m_received.sliced(at + 17, m_received.indexOf('\r', at + 2) - at - 17).trimmed().toLongLong();
        }
        return (end >= 0 && m_received.size() >= end + 4 + size) ||
               m_socket.state() == QAbstractSocket::UnconnectedState;
      },
      std::chrono::seconds(30));
  if (!isWhole || end < 0) return response;
  const QList<QByteArray> lines = m_received.first(end).split('\n');
  response.status = lines.first().split(' ').value(1).toInt();
  for (const QByteArray &line : lines.sliced(1)) {
    const qsizetype colon = line.indexOf(':');
    if (colon > 0) response.headers.insert(line.first(colon).toLower(), line.sliced(colon + 1).trimmed());
  }
  response.body = m_received.sliced(end + 4, std::min(size, m_received.size() - end - 4));
  m_received.remove(0, end + 4 + response.body.size());
  if (response.headers.value("connection").toLower() == "close") m_socket.abort();
  return response;
}

}  // namespace gx::test
