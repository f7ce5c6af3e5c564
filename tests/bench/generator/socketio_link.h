// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "tests/bench/generator/web_link.h"

namespace gx::bench {

class SocketIoLink;

class SocketIoUser {
 public:
  virtual void connected(SocketIoLink &link) = 0;
  // `arguments`: what follows the name, with its comma and the closing bracket.
  virtual void eventReceived(SocketIoLink &link, std::string_view name, std::string_view arguments) = 0;
  virtual void acknowledged(SocketIoLink &link, std::uint32_t id, std::string_view arguments) = 0;
  virtual void ended(SocketIoLink &link) = 0;

 protected:
  ~SocketIoUser() = default;
};

// A Socket.IO v5 client over one web socket, namespace "/", text only; answers pings.
class SocketIoLink final : private WebLinkUser {
 public:
  SocketIoLink(PollSet &polls, SocketIoUser &user, int number) : m_link(polls, *this), m_user(user), m_number(number) {}

  // `payload`: the CONNECT payload, a JSON object.
  void open(const WebLink::Address &address, std::string payload);
  void close() { m_link.close(); }
  // "42…[…]", as it goes over the wire.
  void send(std::string_view packet) { m_link.sendText(packet); }
  void stopReading() { m_link.stopReading(); }
  void resumeReading() { m_link.resumeReading(); }
  [[nodiscard]] int number() const { return m_number; }
  [[nodiscard]] bool isOpen() const { return m_link.isOpen(); }

 private:
  void opened() override {}
  void textReceived(std::string_view text) override;
  void closed() override { m_user.ended(*this); }

  WebLink m_link;
  SocketIoUser &m_user;
  std::string m_payload;
  int m_number;
};

}  // namespace gx::bench
