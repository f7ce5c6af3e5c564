// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <random>
#include <vector>

#include "tests/bench/generator/dialect.h"
#include "tests/bench/generator/latency_histogram.h"
#include "tests/bench/generator/socketio_link.h"

namespace gx::bench {

// Many clients of one server and the book of what they sent and got: nothing lost, nothing twice, each sender's in
// order.
class Crowd final : private SocketIoUser {
 public:
  struct Options {
    WebLink::Address address;
    int count = 0;
    int atOnce = 250;  // connecting at the same time; 0: all
  };
  struct Tally {
    std::uint64_t sent = 0;
    std::uint64_t accepted = 0;    // acknowledged with a yes
    std::uint64_t refused = 0;     // acknowledged with a no
    std::uint64_t delivered = 0;   // whole letters, in order
    std::uint64_t disordered = 0;  // again, or before an earlier one, or damaged
    std::uint64_t skipped = 0;     // letters after which one is missing
    std::uint64_t ended = 0;       // connections that ended by themselves
  };

  Crowd(PollSet &polls, Dialect &dialect, Options options);
  ~Crowd();

  // Connects all that are not connected, again and again with a growing pause (1, 2, 4 … s, times a random share),
  // until all are ready. False when that took longer than the limit.
  [[nodiscard]] bool connectAll(double limitSeconds);
  // One step of connectAll() for callers with a loop of their own.
  void connectSome();
  void send(int from, int to);
  // Turns until all that was accepted has arrived `copies` times, or the limit is over. True when nothing is missing.
  [[nodiscard]] bool drain(double limitSeconds, std::uint64_t copies = 1);
  void closeAll();
  void stopReading(int client);
  void resumeReading(int client);
  // A client that is not to connect for now, and then is.
  void hold(int client);
  void release(int client) { m_toConnect.push_back(client); }

  [[nodiscard]] int count() const { return static_cast<int>(m_clients.size()); }
  [[nodiscard]] int readyCount() const { return m_ready; }
  [[nodiscard]] bool isReady(int client) const { return m_clients[static_cast<std::size_t>(client)].isReady; }
  [[nodiscard]] const Tally &tally() const { return m_tally; }
  [[nodiscard]] const LatencyHistogram &deliveries() const { return m_deliveries; }
  [[nodiscard]] const LatencyHistogram &acks() const { return m_acks; }
  void forgetLatencies();

  std::function<void(int client)> accepted;   // a message of the client's was acknowledged
  std::function<void(int client)> delivered;  // it got a letter

 private:
  struct Sent {
    std::uint32_t number;
    std::uint64_t at;
  };
  struct Client {
    std::unique_ptr<SocketIoLink> link;
    std::vector<Sent> waiting;
    std::uint32_t number = 0;                                  // of the last letter it sent
    std::vector<std::pair<std::uint32_t, std::uint32_t>> got;  // by sender, the number of the last letter; few senders
    std::uint64_t openAt = 0;                                  // not before
    int tries = 0;
    bool isReady = false;
    bool isConnecting = false;
  };

  void connected(SocketIoLink &link) override;
  void eventReceived(SocketIoLink &link, std::string_view name, std::string_view arguments) override;
  void acknowledged(SocketIoLink &link, std::uint32_t id, std::string_view arguments) override;
  void ended(SocketIoLink &link) override;
  void becameReady(Client &client);
  void note(Client &client, const Letter &letter);
  [[nodiscard]] Client &at(const SocketIoLink &link) { return m_clients[static_cast<std::size_t>(link.number())]; }

  PollSet &m_polls;
  Dialect &m_dialect;
  Options m_options;
  std::vector<Client> m_clients;
  std::vector<Letter> m_letters;
  std::deque<int> m_toConnect;
  Tally m_tally;
  LatencyHistogram m_deliveries;
  LatencyHistogram m_acks;
  std::minstd_rand m_random{7};
  int m_ready = 0;
  int m_connecting = 0;
};

}  // namespace gx::bench
