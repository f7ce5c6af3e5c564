// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include <charconv>

#include "tests/bench/generator/dialect.h"

namespace gx::bench {

namespace {

class PlainDialect final : public Dialect {
 public:
  explicit PlainDialect(PlainTalk talk) : m_talk(std::move(talk)) {}

  std::string connectPayload(int client) const override {
    std::string payload = "{\"user\":\"u" + std::to_string(client + m_talk.first) + "\"";
    if (m_talk.roomSize > 0) payload += ",\"room\":\"r" + std::to_string(client / m_talk.roomSize) + "\"";
    return payload + "}";
  }
  std::string packet(const Letter &letter, int to, std::uint32_t ackId) override {
    std::string packet = "42" + std::to_string(ackId) + "[\"" + m_talk.event + "\",{";
    const std::size_t begin = packet.size();
    packet += m_talk.roomSize > 0 ? "\"room\":\"r" + std::to_string(to / m_talk.roomSize)
                                  : "\"to\":\"u" + std::to_string(to + m_talk.first);
    packet += "\",\"from\":" + std::to_string(letter.from) + ",\"number\":" + std::to_string(letter.number) +
              ",\"at\":" + std::to_string(letter.sentAt) + ",\"body\":\"";
    const std::size_t written = packet.size() - begin + 3;
    if (written < static_cast<std::size_t>(m_talk.bytes))
      packet.append(static_cast<std::size_t>(m_talk.bytes) - written, 'x');
    return packet + "\"}]";
  }
  bool readLetters(int, std::string_view arguments, std::vector<Letter> &letters) override {
    // The end shows that all of it came.
    if (!arguments.ends_with("x\"}]")) return false;
    const std::string_view head = arguments.substr(0, 120);
    letters.push_back({static_cast<std::uint32_t>(numberAfter(head, "\"from\":")),
                       static_cast<std::uint32_t>(numberAfter(head, "\"number\":")), numberAfter(head, "\"at\":")});
    return true;
  }
  bool isAccepted(std::string_view ackArguments) const override { return ackArguments == "[]"; }
  std::string thanks(int) override { return {}; }
  std::string_view letterEvent() const override { return m_talk.event; }

 private:
  PlainTalk m_talk;
};

}  // namespace

std::unique_ptr<Dialect> makePlainDialect(PlainTalk talk) {
  return std::make_unique<PlainDialect>(std::move(talk));
}

std::uint64_t numberAfter(std::string_view text, std::string_view label) {
  const auto at = text.find(label);
  if (at == std::string_view::npos) return 0;
  std::uint64_t number = 0;
  std::from_chars(text.data() + at + label.size(), text.data() + text.size(), number);
  return number;
}

}  // namespace gx::bench
