// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/net/listener.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "core/base/logging.h"
#include "server/net/tls_stream.h"

namespace gx::server::net {

namespace {

constexpr int kBacklog = 4096;
constexpr int kAcceptsPerTurn = 256;
constexpr std::chrono::milliseconds kPauseWithoutDescriptors{100};

struct SocketName {
  sockaddr_storage storage{};
  socklen_t size = 0;

  [[nodiscard]] const sockaddr *address() const { return reinterpret_cast<const sockaddr *>(&storage); }
  [[nodiscard]] sockaddr *address() { return reinterpret_cast<sockaddr *>(&storage); }
};

SocketName nameOf(const ListenAddress &address) {
  SocketName name;
  if (address.host.contains(':')) {
    sockaddr_in6 in{};
    in.sin6_family = AF_INET6;
    in.sin6_port = htons(address.port);
    inet_pton(AF_INET6, address.host.constData(), &in.sin6_addr);
    std::memcpy(&name.storage, &in, sizeof in);
    name.size = sizeof in;
  } else {
    sockaddr_in in{};
    in.sin_family = AF_INET;
    in.sin_port = htons(address.port);
    inet_pton(AF_INET, address.host.constData(), &in.sin_addr);
    std::memcpy(&name.storage, &in, sizeof in);
    name.size = sizeof in;
  }
  return name;
}

Error listenError(int code) {
  const QByteArray reason(std::strerror(code));
  return {code == EADDRINUSE ? ErrorKind::Locked : ErrorKind::Network, "cannot listen: " + reason};
}

}  // namespace

Listener::Listener(HttpServer &server, TlsContext *tls)
    : m_loop(server.loop()),
      m_tls(tls),
      m_workers{&server},
      m_pause([](void *self) { static_cast<Listener *>(self)->resume(); }, this) {}

Listener::~Listener() {
  close();
}

Result<> Listener::listen(const ListenAddress &address) {
  SocketName name = nameOf(address);
  const int descriptor = ::socket(name.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return tl::unexpected(listenError(errno));
  const int on = 1;
  setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (::bind(descriptor, name.address(), name.size) != 0 || ::listen(descriptor, kBacklog) != 0 ||
      ::getsockname(descriptor, name.address(), &name.size) != 0) {
    const Error error = listenError(errno);
    ::close(descriptor);
    return tl::unexpected(error);
  }
  close();
  m_descriptor = descriptor;
  m_address = {address.host, PeerAddress::from(name.address()).port};
  m_loop.watch(m_descriptor, EPOLLIN, *this);
  return {};
}

void Listener::close() {
  m_pause.stop();
  if (m_descriptor < 0) return;
  m_loop.forget(m_descriptor);
  ::close(m_descriptor);
  m_descriptor = -1;
}

void Listener::ready(quint32) {
  for (int i = 0; i < kAcceptsPerTurn && m_descriptor >= 0; ++i)
    if (!acceptOne()) return;
}

bool Listener::acceptOne() {
  SocketName name;
  name.size = sizeof name.storage;
  const int descriptor = ::accept4(m_descriptor, name.address(), &name.size, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (descriptor < 0) {
    if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) pause();
    return errno == ECONNABORTED || errno == EINTR;
  }
  const PeerAddress peer = PeerAddress::from(name.address());
  HttpServer &server = *m_workers[m_nextWorker];
  if (!server.admission().enter(peer)) {
    ::close(descriptor);
    return true;
  }
  const int on = 1;
  setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  m_nextWorker = (m_nextWorker + 1) % m_workers.size();
  handOver(server, descriptor, peer);
  return true;
}

void Listener::handOver(HttpServer &server, int descriptor, const PeerAddress &peer) {
  std::unique_ptr<TlsStream> tls;
  if (m_tls) {
    tls = TlsStream::over(*m_tls, descriptor);
    if (!tls) {
      server.admission().left(peer, false);
      ::close(descriptor);
      return;
    }
  }
  if (server.loop().isCurrentThread()) return server.take(descriptor, peer, std::move(tls));
  // std::function must be copyable; the worker that runs it takes the stream out.
  auto shared = std::make_shared<std::unique_ptr<TlsStream>>(std::move(tls));
  server.loop().post([&server, descriptor, peer, shared] { server.take(descriptor, peer, std::move(*shared)); });
}

// The queue of the kernel holds who comes meanwhile; connections that end make room.
void Listener::pause() {
  qCWarning(lcServerNet, "out of descriptors, accepting pauses");
  m_loop.rewatch(m_descriptor, 0, *this);
  m_loop.startTimer(m_pause, kPauseWithoutDescriptors);
}

void Listener::resume() {
  m_loop.rewatch(m_descriptor, EPOLLIN, *this);
}

}  // namespace gx::server::net
