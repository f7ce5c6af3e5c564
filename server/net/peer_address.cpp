// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/net/peer_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>

namespace gx::server::net {

namespace {

constexpr std::array<unsigned char, 12> kMappedPrefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

bool isMapped(const std::array<unsigned char, 16> &bytes) {
  return std::equal(kMappedPrefix.begin(), kMappedPrefix.end(), bytes.begin());
}

}  // namespace

PeerAddress PeerAddress::from(const sockaddr *address) {
  PeerAddress peer;
  if (address->sa_family == AF_INET) {
    sockaddr_in in{};
    std::memcpy(&in, address, sizeof in);
    std::copy(kMappedPrefix.begin(), kMappedPrefix.end(), peer.bytes.begin());
    std::memcpy(peer.bytes.data() + kMappedPrefix.size(), &in.sin_addr, 4);
    peer.port = ntohs(in.sin_port);
  } else if (address->sa_family == AF_INET6) {
    sockaddr_in6 in{};
    std::memcpy(&in, address, sizeof in);
    std::memcpy(peer.bytes.data(), &in.sin6_addr, 16);
    peer.port = ntohs(in.sin6_port);
  }
  return peer;
}

std::optional<PeerAddress> PeerAddress::parse(QByteArrayView text) {
  PeerAddress peer;
  const auto withPort = ListenAddress::parse(text);
  QByteArray host = withPort ? withPort->host : text.toByteArray();
  if (host.startsWith('[') && host.endsWith(']')) host = host.sliced(1, host.size() - 2);
  std::copy(kMappedPrefix.begin(), kMappedPrefix.end(), peer.bytes.begin());
  if (inet_pton(AF_INET, host.constData(), peer.bytes.data() + kMappedPrefix.size()) == 1) return peer;
  if (inet_pton(AF_INET6, host.constData(), peer.bytes.data()) == 1) return peer;
  return std::nullopt;
}

bool PeerAddress::isLoopback() const {
  if (isMapped(bytes)) return bytes[12] == 127;
  constexpr std::array<unsigned char, 16> kOne{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  return bytes == kOne;
}

std::array<unsigned char, 16> PeerAddress::limitKey() const {
  std::array<unsigned char, 16> key = bytes;
  if (!isMapped(bytes)) std::fill(key.begin() + 8, key.end(), static_cast<unsigned char>(0));
  return key;
}

QByteArray PeerAddress::hostText() const {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (isMapped(bytes))
    inet_ntop(AF_INET, bytes.data() + kMappedPrefix.size(), text.data(), text.size());
  else
    inet_ntop(AF_INET6, bytes.data(), text.data(), text.size());
  return QByteArray(text.data());
}

std::optional<ListenAddress> ListenAddress::parse(QByteArrayView text) {
  const qsizetype colon = text.lastIndexOf(':');
  if (colon <= 0) return std::nullopt;
  const QByteArrayView digits = text.sliced(colon + 1);
  const bool onlyDigits = std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (digits.isEmpty() || digits.size() > 5 || !onlyDigits) return std::nullopt;
  const int port = digits.toInt();
  if (port > 65535) return std::nullopt;

  QByteArrayView host = text.first(colon);
  std::array<unsigned char, 16> parsed{};
  if (host.startsWith('[') && host.endsWith(']')) {
    host = host.sliced(1, host.size() - 2);
    const QByteArray name = host.toByteArray();
    if (inet_pton(AF_INET6, name.constData(), parsed.data()) != 1) return std::nullopt;
    return ListenAddress{name, static_cast<quint16>(port)};
  }
  const QByteArray name = host.toByteArray();
  if (inet_pton(AF_INET, name.constData(), parsed.data()) != 1) return std::nullopt;
  return ListenAddress{name, static_cast<quint16>(port)};
}

QByteArray ListenAddress::toText() const {
  const QByteArray number = QByteArray::number(port);
  return host.contains(':') ? "[" + host + "]:" + number : host + ":" + number;
}

bool ListenAddress::isLoopback() const {
  return host.startsWith("127.") || host == "::1";
}

}  // namespace gx::server::net
