// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gx::bench {

// What every message of the generator carries.
struct Letter {
  std::uint32_t from = 0;
  std::uint32_t number = 0;  // of this sender, from 1
  std::uint64_t sentAt = 0;  // PollSet::now()
};

// How one kind of server is spoken to: what to say at CONNECT, what a message looks like there and how it arrives.
// Clients are known by their numbers.
class Dialect {
 public:
  virtual ~Dialect() = default;

  [[nodiscard]] virtual std::string connectPayload(int client) const = 0;
  // The event after which a client may send; empty: CONNECT's answer.
  [[nodiscard]] virtual std::string_view readyEvent() const { return {}; }
  // The whole packet, with the ack id.
  [[nodiscard]] virtual std::string packet(const Letter &letter, int to, std::uint32_t ackId) = 0;
  // Appends the letters an event brought; false when it is none that brings letters, or is damaged.
  [[nodiscard]] virtual bool readLetters(int client, std::string_view arguments, std::vector<Letter> &letters) = 0;
  [[nodiscard]] virtual bool isAccepted(std::string_view ackArguments) const = 0;
  // What the client says after it took letters; empty: nothing.
  [[nodiscard]] virtual std::string thanks(int client) = 0;
  [[nodiscard]] virtual std::string_view letterEvent() const = 0;
};

// conformance_server --relay and its Node peer: `event` is relay (to one client), group (to the client's room) or
// message (an acknowledgement alone). Room N holds the clients N*roomSize to (N+1)*roomSize - 1.
struct PlainTalk {
  std::string event = "relay";
  int roomSize = 0;
  int bytes = 512;  // of the JSON argument
  int first = 0;    // the number of client 0 among all users
};
[[nodiscard]] std::unique_ptr<Dialect> makePlainDialect(PlainTalk talk);

// gx-relay and its Node peer: message.send, mail, mail.ack. People come from a file that bench_accounts wrote.
struct ProductTalk {
  std::string peopleFile;
  int cipherBytes = 384;
  int thanksEvery = 1;  // letters for one mail.ack
  int first = 0;        // the line of client 0 in the file
};
[[nodiscard]] std::unique_ptr<Dialect> makeProductDialect(ProductTalk talk);

// The number that stands after `label` in `text`, base 10; 0 when there is none.
[[nodiscard]] std::uint64_t numberAfter(std::string_view text, std::string_view label);

}  // namespace gx::bench
