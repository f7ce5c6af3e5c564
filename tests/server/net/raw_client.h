// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <QByteArray>
#include <cerrno>

#include "tests/support/await.h"

namespace gx::test {

// A TCP client that sends exactly the bytes a test says and keeps all that comes back. Never blocks the event loop, in
// which the server under test runs too.
class RawClient final {
 public:
  // A small `receiveBuffer` makes a reader that is soon behind.
  explicit RawClient(quint16 port, int receiveBuffer = 0)
      : m_descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    if (receiveBuffer > 0) setsockopt(m_descriptor, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, sizeof receiveBuffer);
    const int on = 1;
    setsockopt(m_descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(m_descriptor, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0)
      ADD_FAILURE() << "no connection";
    fcntl(m_descriptor, F_SETFL, fcntl(m_descriptor, F_GETFL) | O_NONBLOCK);
  }
  ~RawClient() { disconnect(); }
  RawClient(const RawClient &) = delete;
  RawClient &operator=(const RawClient &) = delete;

  // All of it, while the server reads; less (and false) when the server ended the connection.
  bool send(QByteArrayView bytes) {
    while (!bytes.isEmpty()) {
      const ssize_t sent = ::send(m_descriptor, bytes.data(), static_cast<std::size_t>(bytes.size()), MSG_NOSIGNAL);
      if (sent > 0) bytes = bytes.sliced(sent);
      if (sent < 0 && errno != EAGAIN) return false;
      if (sent < 0 && !waitUntil([this] { return isReady(POLLOUT | POLLERR | POLLHUP); })) return false;
    }
    return true;
  }
  // What fits into the kernel's buffers now.
  qsizetype sendSome(QByteArrayView bytes) {
    const ssize_t sent = ::send(m_descriptor, bytes.data(), static_cast<std::size_t>(bytes.size()), MSG_NOSIGNAL);
    return sent < 0 ? 0 : sent;
  }

  // Reads what is there into received().
  void collect() {
    char buffer[64 * 1024];
    while (!m_ended) {
      const ssize_t size = ::recv(m_descriptor, buffer, sizeof buffer, 0);
      if (size > 0) m_received.append(buffer, size);
      if (size < 0 && errno == EAGAIN) return;
      m_wasReset = size < 0;
      if (size <= 0) m_ended = true;
    }
  }
  [[nodiscard]] const QByteArray &received() const { return m_received; }
  QByteArray take(qsizetype size) {
    const QByteArray taken = m_received.left(size);
    m_received.remove(0, taken.size());
    return taken;
  }
  void clear() { m_received.clear(); }

  bool waitFor(QByteArrayView part, int times = 1) {
    return waitUntil([&] {
      collect();
      return m_received.count(part) >= times;
    });
  }
  bool waitForSize(qsizetype size) {
    return waitUntil([&] {
      collect();
      return m_received.size() >= size;
    });
  }
  bool waitForEnd() {
    return waitUntil([&] {
      collect();
      return m_ended;
    });
  }
  [[nodiscard]] bool hasEnded() {
    collect();
    return m_ended;
  }
  [[nodiscard]] bool wasReset() const { return m_wasReset; }

  void endSending() { ::shutdown(m_descriptor, SHUT_WR); }
  void disconnect() {
    if (m_descriptor >= 0) ::close(m_descriptor);
    m_descriptor = -1;
    m_ended = true;
  }
  [[nodiscard]] int descriptor() const { return m_descriptor; }

 private:
  [[nodiscard]] bool isReady(short events) const {
    pollfd entry{m_descriptor, events, 0};
    return ::poll(&entry, 1, 0) > 0;
  }

  int m_descriptor;
  QByteArray m_received;
  bool m_ended = false;
  bool m_wasReset = false;
};

}  // namespace gx::test
