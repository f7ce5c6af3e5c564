// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/bench/generator/web_link.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace gx::bench {

namespace {

constexpr int kNarrowBytes = 4096;
constexpr int kNarrowSegment = 536;

sockaddr_in loopback(std::uint32_t address, std::uint16_t port) {
  sockaddr_in name{};
  name.sin_family = AF_INET;
  name.sin_port = htons(port);
  name.sin_addr.s_addr = htonl(address);
  return name;
}

// 127.1.0.1 and on; never the network's or the broadcast address.
std::uint32_t sourceAddress(int number) {
  const auto n = static_cast<std::uint32_t>(number);
  return (127U << 24) | ((1 + n / 50'000) << 16) | ((n / 200 % 250) << 8) | (1 + n % 200);
}

void setOption(int descriptor, int level, int name, int value) {
  setsockopt(descriptor, level, name, &value, sizeof value);
}

std::size_t writeHead(char *head, std::size_t size) {
  head[0] = static_cast<char>(0x81);
  if (size < 126) {
    head[1] = static_cast<char>(0x80U | size);
    return 2;
  }
  if (size <= 0xffff) {
    head[1] = static_cast<char>(0x80 | 126);
    const std::uint16_t length = htons(static_cast<std::uint16_t>(size));
    std::memcpy(head + 2, &length, sizeof length);
    return 4;
  }
  head[1] = static_cast<char>(0x80 | 127);
  const std::uint64_t length = __builtin_bswap64(size);
  std::memcpy(head + 2, &length, sizeof length);
  return 10;
}

}  // namespace

WebLink::~WebLink() {
  close();
}

void WebLink::open(const Address &address) {
  close();
  m_address = address;
  m_descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  setOption(m_descriptor, IPPROTO_TCP, TCP_NODELAY, 1);
  setOption(m_descriptor, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1);
  const linger reset{1, 0};
  setsockopt(m_descriptor, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
  if (address.isNarrow) {
    setOption(m_descriptor, SOL_SOCKET, SO_RCVBUF, kNarrowBytes);
    setOption(m_descriptor, IPPROTO_TCP, TCP_MAXSEG, kNarrowSegment);
  }
  const sockaddr_in from = loopback(sourceAddress(address.source), 0);
  const sockaddr_in to = loopback(INADDR_LOOPBACK, address.port);
  const bool isBound = ::bind(m_descriptor, reinterpret_cast<const sockaddr *>(&from), sizeof from) == 0;
  const int outcome = ::connect(m_descriptor, reinterpret_cast<const sockaddr *>(&to), sizeof to);
  m_state = State::Connecting;
  m_isReading = true;
  m_polls.watch(m_descriptor, EPOLLIN | EPOLLOUT, *this);
  if (!isBound || (outcome != 0 && errno != EINPROGRESS)) fail();
}

void WebLink::close() {
  if (m_descriptor >= 0) ::close(m_descriptor);
  m_descriptor = -1;
  m_state = State::Closed;
  m_isBlocked = false;
  m_out.clear();
  m_rest.clear();
}

void WebLink::fail() {
  close();
  m_user.closed();
}

void WebLink::stopReading() {
  m_isReading = false;
  m_polls.rewatch(m_descriptor, m_isBlocked ? EPOLLOUT : 0U, *this);
}

void WebLink::resumeReading() {
  m_isReading = true;
  if (m_descriptor >= 0) m_polls.rewatch(m_descriptor, EPOLLIN | (m_isBlocked ? EPOLLOUT : 0U), *this);
}

void WebLink::sendText(std::string_view text) {
  if (m_state != State::Open) return;
  char head[14];
  std::size_t size = writeHead(head, text.size());
  std::memset(head + size, 0, 4);
  size += 4;
  m_out.append(head, size);
  queue(text);
}

void WebLink::queue(std::string_view bytes) {
  m_out.append(bytes);
  if (m_isDirty) return;
  m_isDirty = true;
  m_polls.flushLater(*this);
}

void WebLink::flush() {
  m_isDirty = false;
  if (m_descriptor < 0 || m_isBlocked || m_out.empty()) return;
  const ssize_t sent = ::send(m_descriptor, m_out.data(), m_out.size(), MSG_NOSIGNAL);
  if (sent < 0 && errno != EAGAIN) return fail();
  if (sent > 0) m_out.erase(0, static_cast<std::size_t>(sent));
  if (m_out.empty()) return;
  m_isBlocked = true;
  m_polls.rewatch(m_descriptor, (m_isReading ? EPOLLIN : 0U) | EPOLLOUT, *this);
}

void WebLink::ready(std::uint32_t epollEvents) {
  if (m_descriptor < 0) return;
  if (epollEvents & EPOLLERR) return fail();
  if (epollEvents & EPOLLOUT) {
    if (m_state == State::Connecting) {
      m_state = State::Upgrading;
      queue("GET " + m_address.path +
            " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    }
    m_isBlocked = false;
    m_polls.rewatch(m_descriptor, m_isReading ? EPOLLIN : 0U, *this);
    if (!m_out.empty() && !m_isDirty) queue({});
  }
  if ((epollEvents & EPOLLIN) && m_isReading) read();
  if ((epollEvents & EPOLLHUP) && m_descriptor >= 0) fail();
}

void WebLink::read() {
  const ssize_t size = ::recv(m_descriptor, m_polls.buffer(), PollSet::kBufferBytes, 0);
  if (size > 0) return take({m_polls.buffer(), static_cast<std::size_t>(size)});
  if (size == 0 || (errno != EAGAIN && errno != EINTR)) fail();
}

void WebLink::take(std::string_view bytes) {
  std::string joined;
  if (!m_rest.empty()) {
    joined = std::move(m_rest);
    joined.append(bytes);
    m_rest.clear();
    bytes = joined;
  }
  if (m_state == State::Upgrading) {
    const auto end = bytes.find("\r\n\r\n");
    if (end == std::string_view::npos) return keepRest(bytes);
    if (!bytes.starts_with("HTTP/1.1 101")) return fail();
    m_state = State::Open;
    m_user.opened();
    bytes.remove_prefix(end + 4);
  }
  takeFrames(bytes);
}

void WebLink::takeFrames(std::string_view bytes) {
  while (bytes.size() >= 2 && m_state == State::Open) {
    const auto opcode = static_cast<unsigned char>(bytes[0]) & 0x0fU;
    std::size_t size = static_cast<unsigned char>(bytes[1]) & 0x7fU;
    std::size_t head = 2;
    if (size == 126 && bytes.size() >= 4) {
      std::uint16_t length;
      std::memcpy(&length, bytes.data() + 2, sizeof length);
      size = ntohs(length);
      head = 4;
    } else if (size == 127 && bytes.size() >= 10) {
      std::uint64_t length;
      std::memcpy(&length, bytes.data() + 2, sizeof length);
      size = __builtin_bswap64(length);
      head = 10;
    } else if (size >= 126) {
      break;
    }
    if (bytes.size() < head + size) break;
    if (opcode == 8) return fail();
    if (opcode == 1) m_user.textReceived(bytes.substr(head, size));
    bytes.remove_prefix(head + size);
  }
  if (m_state == State::Open) keepRest(bytes);
}

void WebLink::keepRest(std::string_view bytes) {
  m_rest.assign(bytes);
}

}  // namespace gx::bench
