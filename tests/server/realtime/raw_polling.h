// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <memory>

#include "tests/server/net/local_server.h"
#include "tests/server/net/raw_websocket.h"

namespace gx::test {

// One HTTP exchange on a connection of its own.
struct HttpAnswer {
  int status = 0;
  QByteArray head;
  QByteArray body;
};

// A polling client that says exactly what a test wants.
class RawPolling final {
 public:
  explicit RawPolling(quint16 port, QByteArray path = "/engine.io/") : m_port(port), m_path(std::move(path)) {}

  HttpAnswer exchange(const QByteArray &method, const QByteArray &query, const QByteArray &body = {},
                      const QByteArray &headers = {}) {
    const auto client = start(method, query, body, headers);
    return finish(*client);
  }
  // Sends the request and leaves the answer for finish().
  std::unique_ptr<RawClient> start(const QByteArray &method, const QByteArray &query, const QByteArray &body = {},
                                   const QByteArray &headers = {}) {
    auto client = std::make_unique<RawClient>(m_port);
    const QByteArray target = query.isEmpty() ? m_path : m_path + "?" + query;
    const QByteArray length =
        body.isEmpty() ? QByteArray() : "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    client->send(method + " " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers + length + "\r\n" +
                 body);
    return client;
  }
  static HttpAnswer finish(RawClient &client) {
    client.waitForEnd();
    const qsizetype end = client.received().indexOf("\r\n\r\n");
    return {client.received().mid(9, 3).toInt(), client.received().left(end), client.received().mid(end + 4)};
  }

  // Opens a session; its sid.
  QByteArray open() {
    const HttpAnswer answer = exchange("GET", "EIO=4&transport=polling");
    const qsizetype at = answer.body.indexOf("\"sid\":\"") + 7;
    sid = answer.body.mid(at, answer.body.indexOf('"', at) - at);
    return sid;
  }
  [[nodiscard]] QByteArray query() const { return "EIO=4&transport=polling&sid=" + sid; }
  HttpAnswer poll() { return exchange("GET", query()); }
  HttpAnswer post(const QByteArray &body) { return exchange("POST", query(), body); }
  [[nodiscard]] QByteArray socketTarget() const { return m_path + "?EIO=4&transport=websocket&sid=" + sid; }

  QByteArray sid;

 private:
  quint16 m_port;
  QByteArray m_path;
};

}  // namespace gx::test
