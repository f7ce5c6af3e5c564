// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include <algorithm>
#include <map>

#include "tests/core/vault/test_vault.h"

namespace gx::test {

namespace {

using namespace Qt::StringLiterals;

// Random histories of three devices: messages go out, answers and letters are lost, damaged, swapped, doubled,
// processes die. In the end everybody has everything once, and nobody's messages in another order than they were
// written.
class HistoriesTest : public VaultTest {
 protected:
  TestDevice &anyDevice() {
    TestDevice *const devices[] = {alice.get(), laptop.get(), bob.get()};
    return *devices[random.below(3)];
  }

  void writes(TestDevice &device) {
    const QString text = QString::number(device.self.device.value) + u':' + QString::number(++written[device.self]);
    device.queues(chat, text);
  }

  // One item is posted; its answer may be lost, or the process die before it is noted.
  void posts(TestDevice &device) {
    const auto item = must(device.vault().outbox().next(chat));
    if (!item) return;
    const auto sealed = device.seals(item->id);
    if (random.below(8) == 0) return;
    const auto answer = relay.post(device.self, sealed);
    clock.advance(std::chrono::milliseconds(random.below(3)));
    if (random.below(6) == 0) return;
    must(device.vault().outbox().markSent(item->id, answer.id, answer.time));
  }

  void takes(TestDevice &device) {
    auto &mailbox = relay.mailboxes[device.self];
    if (mailbox.empty()) return;
    const auto letter = mailbox.front();
    const auto opening = device.opens(letter);
    if (random.below(6) == 0) return;  // the acknowledgement is lost: it comes again
    mailbox.pop_front();
    if (!opening.wantsManifest) return;
    device.fetchesManifest(*opening.wantsManifest);
    must(device.vault().opener().reopenHeld(*opening.wantsManifest));
  }

  void damages(TestDevice &device) {
    auto &mailbox = relay.mailboxes[device.self];
    if (mailbox.empty()) return;
    auto &bytes = mailbox[random.below(mailbox.size())].ciphertext.bytes;
    bytes[bytes.size() - 9] = static_cast<char>(bytes[bytes.size() - 9] ^ 1);
  }

  void swaps(TestDevice &device) {
    auto &mailbox = relay.mailboxes[device.self];
    if (mailbox.size() < 3) return;
    const std::size_t at = 1 + random.below(mailbox.size() - 2);  // the first one may have been seen
    std::swap(mailbox[at], mailbox[at + 1]);
    std::swap(mailbox[at].seq, mailbox[at + 1].seq);
  }

  void step() {
    TestDevice &device = anyDevice();
    switch (random.below(16)) {
      case 0:
        return device.restarts();
      case 1:
        return damages(device);
      case 2:
        return swaps(device);
      case 3:
        return device.reads(chat);
      case 4:
      case 5:
      case 6:
        return writes(device);
      case 7:
      case 8:
      case 9:
      case 10:
        return posts(device);
      default:
        return takes(device);
    }
  }

  // Time goes on until nothing waits any more.
  void heals() {
    for (int round = 0; round < 40; ++round) {
      settles();
      bool waits = false;
      for (TestDevice *device : {alice.get(), laptop.get(), bob.get()})
        waits |= must(device->vault().opener().askAgain()).has_value();
      if (!waits) return;
      clock.advance(std::chrono::seconds(31));
    }
    ADD_FAILURE() << "something waits for ever";
  }

  void checks() {
    int total = 0;
    for (const auto &[device, count] : written) total += count;
    for (TestDevice *device : {alice.get(), laptop.get(), bob.get()}) {
      std::map<QString, int> last;
      int seen = 0;
      for (const auto &line : allLines(*device)) {
        EXPECT_EQ(line.message.kind, model::MessageKind::Text);
        const auto parts = line.message.text.split(u':');
        EXPECT_EQ(parts.last().toInt(), ++last[parts.first()]) << "on " << device->self.device.value;
        ++seen;
      }
      EXPECT_EQ(seen, total);
    }
  }

  std::vector<vault::ArchivedMessage> allLines(TestDevice &device) {
    std::vector<vault::ArchivedMessage> lines;
    vault::PageRequest request;
    request.limit = 200;
    for (bool more = true; more;) {
      const auto page = must(device.vault().archive().page(chat, request));
      lines.insert(lines.begin(), page.messages.begin(), page.messages.end());
      if (!page.messages.empty()) request.before = page.messages.front().key;
      more = page.hasMore;
    }
    return lines;
  }

  FixedRandom random{static_cast<quint64>(qEnvironmentVariableIntValue("GX_HISTORIES_SEED") + 1)};
  std::map<model::DeviceAddress, int> written;
};

TEST_F(HistoriesTest, LoseNothingDoubleNothingAndKeepOrder) {
  const int wanted = qEnvironmentVariableIntValue("GX_HISTORIES");
  for (int history = 0; history < (wanted > 0 ? wanted : 12); ++history) {
    for (int i = 0; i < 40; ++i) step();
    heals();
    checks();
    if (HasFailure()) {
      ADD_FAILURE() << "in history " << history;
      return;
    }
    for (TestDevice *device : {alice.get(), laptop.get(), bob.get()})
      if (relay.keys[device->self].preKeys.size() < 20) device->uploadsKeys(100);
  }
}

}  // namespace

}  // namespace gx::test
