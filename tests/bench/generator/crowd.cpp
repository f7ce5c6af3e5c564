// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/bench/generator/crowd.h"

#include <algorithm>

namespace gx::bench {

namespace {

constexpr std::uint64_t kSecond = 1'000'000'000U;
constexpr int kLongestPause = 6;  // 2^6 s

}  // namespace

Crowd::Crowd(PollSet &polls, Dialect &dialect, Options options)
    : m_polls(polls), m_dialect(dialect), m_options(std::move(options)) {
  SocketIoUser &self = *this;
  m_clients.resize(static_cast<std::size_t>(m_options.count));
  for (int i = 0; i < m_options.count; ++i) {
    m_clients[static_cast<std::size_t>(i)].link = std::make_unique<SocketIoLink>(m_polls, self, i);
    m_toConnect.push_back(i);
  }
}

Crowd::~Crowd() {
  closeAll();
}

bool Crowd::connectAll(double limitSeconds) {
  const std::uint64_t end = PollSet::now() + static_cast<std::uint64_t>(limitSeconds * 1e9);
  while (m_ready < count()) {
    if (PollSet::now() > end) return false;
    connectSome();
    m_polls.turn(kSecond / 200);
  }
  return true;
}

void Crowd::connectSome() {
  const std::uint64_t now = PollSet::now();
  for (std::size_t left = m_toConnect.size(); left > 0; --left) {
    if (m_options.atOnce > 0 && m_connecting >= m_options.atOnce) return;
    const int number = m_toConnect.front();
    m_toConnect.pop_front();
    Client &client = m_clients[static_cast<std::size_t>(number)];
    if (client.openAt > now) {
      m_toConnect.push_back(number);
      continue;
    }
    client.isConnecting = true;
    ++m_connecting;
    WebLink::Address address = m_options.address;
    address.source += number;
    client.link->open(address, m_dialect.connectPayload(number));
  }
}

void Crowd::connected(SocketIoLink &link) {
  if (m_dialect.readyEvent().empty()) becameReady(at(link));
}

void Crowd::becameReady(Client &client) {
  client.isConnecting = false;
  client.isReady = true;
  client.tries = 0;
  --m_connecting;
  ++m_ready;
}

void Crowd::ended(SocketIoLink &link) {
  Client &client = at(link);
  if (client.isReady) {
    ++m_tally.ended;
    --m_ready;
  }
  if (client.isConnecting) --m_connecting;
  client.isReady = client.isConnecting = false;
  client.waiting.clear();
  const std::uint64_t pause = kSecond << std::min(client.tries++, kLongestPause);
  client.openAt = PollSet::now() + std::uniform_int_distribution<std::uint64_t>(0, pause)(m_random);
  m_toConnect.push_back(link.number());
}

void Crowd::send(int from, int to) {
  Client &client = m_clients[static_cast<std::size_t>(from)];
  const Letter letter{static_cast<std::uint32_t>(from), ++client.number, PollSet::now()};
  client.waiting.push_back({letter.number, letter.sentAt});
  client.link->send(m_dialect.packet(letter, to, letter.number));
  ++m_tally.sent;
}

void Crowd::eventReceived(SocketIoLink &link, std::string_view name, std::string_view arguments) {
  Client &client = at(link);
  if (!client.isReady && name == m_dialect.readyEvent()) return becameReady(client);
  if (name != m_dialect.letterEvent()) return;
  m_letters.clear();
  if (!m_dialect.readLetters(link.number(), arguments, m_letters)) ++m_tally.disordered;
  const std::uint64_t now = PollSet::now();
  for (const Letter &letter : m_letters) {
    note(client, letter);
    m_deliveries.add(now - letter.sentAt);
    if (delivered) delivered(link.number());
  }
  if (const std::string thanks = m_dialect.thanks(link.number()); !thanks.empty()) link.send(thanks);
}

void Crowd::note(Client &client, const Letter &letter) {
  auto last = std::ranges::find(client.got, letter.from, &std::pair<std::uint32_t, std::uint32_t>::first);
  if (last == client.got.end()) last = client.got.insert(last, {letter.from, 0});
  if (letter.number > last->second + 1) ++m_tally.skipped;
  if (letter.number > last->second)
    ++m_tally.delivered;
  else
    ++m_tally.disordered;
  last->second = letter.number;
}

void Crowd::acknowledged(SocketIoLink &link, std::uint32_t id, std::string_view arguments) {
  Client &client = at(link);
  const auto sent = std::ranges::find(client.waiting, id, &Sent::number);
  if (sent == client.waiting.end()) {
    ++m_tally.disordered;
    return;
  }
  m_acks.add(PollSet::now() - sent->at);
  client.waiting.erase(sent);
  if (m_dialect.isAccepted(arguments))
    ++m_tally.accepted;
  else
    ++m_tally.refused;
  if (accepted) accepted(link.number());
}

bool Crowd::drain(double limitSeconds, std::uint64_t copies) {
  const std::uint64_t end = PollSet::now() + static_cast<std::uint64_t>(limitSeconds * 1e9);
  const auto isDone = [&] {
    return m_tally.accepted + m_tally.refused >= m_tally.sent && m_tally.delivered >= m_tally.accepted * copies;
  };
  while (!isDone() && PollSet::now() < end) m_polls.turn(kSecond / 100);
  return isDone();
}

void Crowd::closeAll() {
  for (Client &client : m_clients) client.link->close();
  m_polls.turn(0);
}

void Crowd::stopReading(int client) {
  m_clients[static_cast<std::size_t>(client)].link->stopReading();
}

void Crowd::resumeReading(int client) {
  m_clients[static_cast<std::size_t>(client)].link->resumeReading();
}

void Crowd::hold(int client) {
  std::erase(m_toConnect, client);
}

void Crowd::forgetLatencies() {
  m_deliveries.clear();
  m_acks.clear();
}

}  // namespace gx::bench
