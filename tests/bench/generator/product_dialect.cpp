// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <sstream>

#include "tests/bench/generator/dialect.h"

namespace gx::bench {

namespace {

constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::size_t kStampBytes = 36;  // 48 digits of base64, no padding
constexpr std::size_t kStampDigits = 48;

struct Person {
  std::string token;
  std::string device;
  std::string registration;
  std::string conversation;
  std::uint64_t taken = 0;    // the last seq
  std::string takenId{};      // and its message_id: a number kept over a connection says nothing alone
  std::uint64_t thanked = 0;  // the last seq that was acknowledged
};

std::string toBase64(std::string_view bytes) {
  std::string text;
  for (std::size_t i = 0; i + 2 < bytes.size(); i += 3) {
    const auto byte = [&](std::size_t k) {
      return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i + k]));
    };
    const std::uint32_t word = byte(0) << 16 | byte(1) << 8 | byte(2);
    for (const int shift : {18, 12, 6, 0}) text += kDigits[(word >> shift) & 63U];
  }
  return text;
}

const std::array<unsigned char, 256> kValues = [] {
  std::array<unsigned char, 256> values{};
  for (unsigned char i = 0; i < 64; ++i) values[static_cast<unsigned char>(kDigits[i])] = i;
  return values;
}();

std::string fromBase64(std::string_view digits) {
  std::string bytes;
  for (std::size_t i = 0; i + 3 < digits.size(); i += 4) {
    std::uint32_t word = 0;
    for (std::size_t k = 0; k < 4; ++k) word = word << 6 | kValues[static_cast<unsigned char>(digits[i + k])];
    for (const int shift : {16, 8, 0}) bytes += static_cast<char>((word >> shift) & 255U);
  }
  return bytes;
}

std::uint64_t wallMilliseconds() {
  timespec time{};
  clock_gettime(CLOCK_REALTIME, &time);
  return static_cast<std::uint64_t>(time.tv_sec) * 1000U + static_cast<std::uint64_t>(time.tv_nsec) / 1'000'000U;
}

// UUIDv7: time, then sender and number.
std::string messageId(const Letter &letter) {
  const auto time = static_cast<unsigned long long>(wallMilliseconds());
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%08llx-%04llx-7%03x-8%03x-%08x%04x", time >> 16, time & 0xffffU,
                letter.number >> 20, (letter.number >> 8) & 0xfffU, letter.from, letter.number & 0xffffU);
  return text.data();
}

class ProductDialect final : public Dialect {
 public:
  explicit ProductDialect(ProductTalk talk) : m_talk(std::move(talk)) {
    std::ifstream file(m_talk.peopleFile);
    std::string line;
    int skipped = 0;
    while (std::getline(file, line)) {
      if (skipped++ < m_talk.first) continue;
      std::istringstream words(line);
      Person person;
      words >> person.token >> person.device >> person.registration >> person.conversation;
      m_people.push_back(std::move(person));
    }
    const std::size_t filling = static_cast<std::size_t>(m_talk.cipherBytes) / 3 * 4;
    m_filling = std::string(filling > kStampDigits ? filling - kStampDigits : 0, 'x');
  }

  std::string connectPayload(int client) const override {
    const Person &person = at(client);
    const std::string after =
        person.taken > 0 ? ",\"after\":" + std::to_string(person.taken) + ",\"message_id\":\"" + person.takenId + '"'
                         : "";
    return "{\"token\":\"" + person.token + "\"" + after + "}";
  }
  std::string_view readyEvent() const override { return "ready"; }
  std::string packet(const Letter &letter, int to, std::uint32_t ackId) override {
    const Person &peer = at(to);
    std::array<char, kStampBytes + 1> stamp{};
    std::snprintf(stamp.data(), stamp.size(), "%08x%08x%016llx gx ", letter.from, letter.number,
                  static_cast<unsigned long long>(letter.sentAt));
    std::string packet = "42" + std::to_string(ackId) + "[\"message.send\",{\"conversation_id\":\"";
    packet += at(static_cast<int>(letter.from)).conversation + "\",\"client_msg_id\":\"" + messageId(letter) +
              "\",\"envelopes\":[{\"device_id\":";
    packet += peer.device + ",\"registration_id\":" + peer.registration + ",\"kind\":\"message\",\"ciphertext\":\"";
    packet += toBase64({stamp.data(), kStampBytes});
    packet += m_filling;
    return packet + "\"}]}]";
  }
  bool readLetters(int client, std::string_view arguments, std::vector<Letter> &letters) override {
    constexpr std::string_view kSeq = "\"seq\":";
    constexpr std::string_view kId = "\"message_id\":\"";
    constexpr std::size_t kIdDigits = 36;
    constexpr std::string_view kCipher = "\"ciphertext\":\"";
    Person &person = m_people[static_cast<std::size_t>(client)];
    bool isWhole = false;
    for (auto at = arguments.find(kSeq); at != std::string_view::npos; at = arguments.find(kSeq, at)) {
      const std::uint64_t seq = numberAfter(arguments.substr(at, 30), kSeq);
      const auto id = arguments.find(kId, at);
      at = arguments.find(kCipher, at);
      if (at == std::string_view::npos || id > at) return false;
      const std::string stamp = fromBase64(arguments.substr(at + kCipher.size(), kStampDigits));
      const auto hex = [&](std::size_t from, std::size_t digits) {
        return std::strtoull(stamp.substr(from, digits).c_str(), nullptr, 16);
      };
      letters.push_back({static_cast<std::uint32_t>(hex(0, 8)), static_cast<std::uint32_t>(hex(8, 8)), hex(16, 16)});
      at += kCipher.size() + kStampDigits + m_filling.size();
      isWhole = arguments.substr(at, 1) == "\"" && (person.taken == 0 || seq == person.taken + 1);
      if (!isWhole) return false;
      person.taken = seq;
      person.takenId = arguments.substr(id + kId.size(), kIdDigits);
    }
    return isWhole;
  }
  bool isAccepted(std::string_view ackArguments) const override { return ackArguments.starts_with("[{\"ok\""); }
  std::string thanks(int client) override {
    Person &person = m_people[static_cast<std::size_t>(client)];
    if (person.taken - person.thanked < static_cast<std::uint64_t>(m_talk.thanksEvery)) return {};
    person.thanked = person.taken;
    return "42[\"mail.ack\",{\"seq\":" + std::to_string(person.taken) + "}]";
  }
  std::string_view letterEvent() const override { return "mail"; }

 private:
  [[nodiscard]] const Person &at(int client) const { return m_people[static_cast<std::size_t>(client)]; }

  ProductTalk m_talk;
  std::vector<Person> m_people;
  std::string m_filling;
};

}  // namespace

std::unique_ptr<Dialect> makeProductDialect(ProductTalk talk) {
  return std::make_unique<ProductDialect>(std::move(talk));
}

}  // namespace gx::bench
