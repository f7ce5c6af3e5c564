// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <functional>
#include <optional>
#include <vector>

#include "core/base/clock.h"
#include "server/net/connection.h"
#include "server/net/http_exchange.h"

namespace gx::server::net {

class HttpHandler;

// The answers of one connection, in the order of its requests whatever the order in which they are given: what comes
// early waits.
class AnswerQueue final {
 public:
  explicit AnswerQueue(Connection &connection) : m_connection(connection) {}

  struct Request {
    quint64 serial = 0;
    HttpHandler *handler = nullptr;
    bool isHead = false;  // HEAD
    bool keepAlive = true;
    bool canChunk = true;  // HTTP/1.1
    SteadyTime since{};
  };
  void expect(const Request &request);

  // Each false when that request is not waiting (any more).
  bool answer(quint64 serial, const HttpResponse &response);
  bool begin(quint64 serial, const HttpResponse &head, std::optional<qint64> length);
  bool write(quint64 serial, const QByteArray &piece);
  bool end(quint64 serial);

  [[nodiscard]] bool isWaiting(quint64 serial) const;
  [[nodiscard]] int size() const { return static_cast<int>(m_answers.size()); }
  [[nodiscard]] bool isEmpty() const { return m_answers.empty(); }
  [[nodiscard]] const Request &front() const { return m_answers.front().request; }
  [[nodiscard]] bool frontHasBegun() const { return !m_answers.empty() && m_answers.front().begun; }
  // An answer said that the connection ends, and was sent: nothing may follow.
  [[nodiscard]] bool isClosing() const { return m_closing; }
  // Of what was begun: bytes that wait here because an earlier answer is not given yet.
  [[nodiscard]] qint64 bytesHeld(quint64 serial) const;

  void setGone(quint64 serial, std::function<void()> call);
  void setDrained(quint64 serial, std::function<void()> call);
  // Calls what waits for the client to read on.
  void callDrained();
  // The client is gone: calls what wants to know. How many those were.
  std::size_t callGone();

 private:
  struct Answer {
    Request request;
    std::vector<QByteArray> held;
    qint64 heldBytes = 0;
    std::function<void()> gone{};
    std::function<void()> drained{};
    bool begun = false;
    bool chunked = false;
    bool complete = false;
    bool closes = false;
  };
  [[nodiscard]] Answer *find(quint64 serial);
  [[nodiscard]] const Answer *find(quint64 serial) const;
  void put(Answer &answer, const QByteArray &bytes);
  void advance();
  void transmit(const QByteArray &bytes);
  [[nodiscard]] WallTime now() const;

  Connection &m_connection;
  std::vector<Answer> m_answers;
  bool m_closing = false;
};

}  // namespace gx::server::net
