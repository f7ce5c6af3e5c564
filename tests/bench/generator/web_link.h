// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "tests/bench/generator/poll_set.h"

namespace gx::bench {

class WebLink;

class WebLinkUser {
 public:
  virtual void opened() = 0;
  virtual void textReceived(std::string_view text) = 0;
  virtual void closed() = 0;

 protected:
  ~WebLinkUser() = default;
};

// One web socket of a client, on a raw socket: text frames, no extensions. Frames are masked with the key 0, which is a
// key like any other for the server and no work for us. Each link has a loopback address of its own, so that limits per
// address count as they would for as many people.
class WebLink final : private Readiness {
 public:
  struct Address {
    std::uint16_t port = 0;
    std::string path = "/socket.io/?EIO=4&transport=websocket";
    int source = 0;         // which loopback address to come from
    bool isNarrow = false;  // small kernel buffers, so that what is not read stays with the server
  };

  WebLink(PollSet &polls, WebLinkUser &user) : m_polls(polls), m_user(user) {}
  ~WebLink();
  WebLink(const WebLink &) = delete;
  WebLink &operator=(const WebLink &) = delete;

  // May be called again after close() or closed().
  void open(const Address &address);
  void sendText(std::string_view text);
  // At once, without a word (RST), so that no port stays behind.
  void close();
  void stopReading();
  void resumeReading();
  [[nodiscard]] bool isOpen() const { return m_state == State::Open; }

 private:
  enum class State : std::uint8_t { Closed, Connecting, Upgrading, Open };

  void ready(std::uint32_t epollEvents) override;
  void flush() override;
  void read();
  void take(std::string_view bytes);
  void takeFrames(std::string_view bytes);
  void keepRest(std::string_view bytes);
  void queue(std::string_view bytes);
  void fail();

  PollSet &m_polls;
  WebLinkUser &m_user;
  std::string m_out;
  std::string m_rest;
  Address m_address;
  int m_descriptor = -1;
  State m_state = State::Closed;
  bool m_isDirty = false;
  bool m_isBlocked = false;
  bool m_isReading = true;
};

}  // namespace gx::bench
