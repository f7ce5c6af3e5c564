// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/admin/port_check.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "server/config/listen_text.h"

namespace gx::server::admin {

namespace {

class PortSocket final {
 public:
  explicit PortSocket(const config::ListenText &listen) {
    if (listen.host.contains(':')) {
      auto *address = reinterpret_cast<sockaddr_in6 *>(&m_address);
      address->sin6_family = AF_INET6;
      address->sin6_port = htons(listen.port);
      inet_pton(AF_INET6, listen.host.constData(), &address->sin6_addr);
      m_size = sizeof(sockaddr_in6);
    } else {
      auto *address = reinterpret_cast<sockaddr_in *>(&m_address);
      address->sin_family = AF_INET;
      address->sin_port = htons(listen.port);
      inet_pton(AF_INET, listen.host.constData(), &address->sin_addr);
      m_size = sizeof(sockaddr_in);
    }
    m_fd = socket(m_address.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const timeval patience{2, 0};
    setsockopt(m_fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(m_fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    const int on = 1;
    setsockopt(m_fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  }
  ~PortSocket() { close(m_fd); }
  PortSocket(const PortSocket &) = delete;
  PortSocket &operator=(const PortSocket &) = delete;

  [[nodiscard]] bool canListen() const {
    return bind(m_fd, reinterpret_cast<const sockaddr *>(&m_address), m_size) == 0 && listen(m_fd, 1) == 0;
  }
  [[nodiscard]] QByteArray answerTo(const QByteArray &request) const {
    QByteArray answer;
    if (connect(m_fd, reinterpret_cast<const sockaddr *>(&m_address), m_size) != 0) return answer;
    if (send(m_fd, request.constData(), static_cast<size_t>(request.size()), MSG_NOSIGNAL) != request.size())
      return answer;
    char buffer[4096];
    for (ssize_t size = 0; answer.size() < 256 * 1024 && (size = recv(m_fd, buffer, sizeof buffer, 0)) > 0;)
      answer.append(buffer, size);
    return answer;
  }

 private:
  sockaddr_storage m_address{};
  socklen_t m_size = 0;
  int m_fd = -1;
};

}  // namespace

Result<PortState> lookAtPort(const QByteArray &listen, const QByteArray &path, const QByteArray &sign) {
  const auto address = config::parseListenText(listen);
  if (!address) return fail(ErrorKind::Invalid, "not an address and port");
  if (PortSocket(*address).canListen()) return PortState::Free;
  const int reason = errno;
  if (reason != EADDRINUSE) return fail(ErrorKind::Forbidden, listen + ": " + std::strerror(reason));
  const QByteArray host = address->host == "0.0.0.0" ? "127.0.0.1" : address->host;
  const config::ListenText reachable{host, address->port, true};
  const QByteArray request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  return PortSocket(reachable).answerTo(request).contains(sign) ? PortState::ServedByRelay : PortState::TakenByOther;
}

}  // namespace gx::server::admin
