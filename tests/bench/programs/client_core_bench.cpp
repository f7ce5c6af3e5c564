// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
// client_core_bench FILE [--quick]
// How fast the client's core is, without a network: sealing and opening in memory and through a real vault on disk, the
// start with a long history, search in a longer one. Prints a line for each and writes all to FILE as JSON; exit code 1
// when one misses its limit.
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/store/message_search.h"
#include "core/store/transaction.h"
#include "core/vault/strongroom.h"
#include "tests/core/crypto/crypto_peer.h"
#include "tests/core/vault/test_vault.h"

namespace {

using namespace gx;
using namespace Qt::StringLiterals;

struct Sizes {
  int sealed = 5'000;
  int letters = 400;
  int conversations = 2'000;
  int history = 200'000;
  int searched = 1'000'000;
};

// What was measured; a limit of 0 is none.
class Figures final {
 public:
  void note(const char *name, const char *unit, double value) { add(name, unit, value, 0); }
  void atMost(const char *name, const char *unit, double value, double limit) { add(name, unit, value, limit); }
  [[nodiscard]] bool areGood() const { return m_areGood; }
  [[nodiscard]] bool write(const QString &path) const {
    QFile file(path);
    return file.open(QFile::WriteOnly) && file.write("{" + m_json + "}\n") > 0;
  }

 private:
  void add(const char *name, const char *unit, double value, double limit) {
    const bool isGood = limit == 0 || value <= limit;
    m_areGood = m_areGood && isGood;
    std::printf("  %-68s %11.1f %s", name, value, unit);
    if (limit > 0) std::printf("  ≤ %g  %s", limit, isGood ? "good" : "ABOVE");
    std::printf("\n");
    std::fflush(stdout);
    if (!m_json.isEmpty()) m_json += ", ";
    m_json += '"' + QByteArray(name) + "\": " + QByteArray::number(value);
  }
  QByteArray m_json;
  bool m_areGood = true;
};

double milliseconds(const QElapsedTimer &timer) {
  return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

double residentMib() {
  QFile status(u"/proc/self/status"_s);
  if (!status.open(QFile::ReadOnly)) return 0;
  const QByteArray text = status.readAll();
  return text.mid(text.indexOf("VmRSS:") + 6, 20).simplified().split(' ').value(0).toDouble() / 1024;
}

// Words as often as words are: the n-th most common one with a share of about 1/n.
class Words final {
 public:
  [[nodiscard]] QString line() {
    QString text;
    for (int i = 0; i < 8; ++i)
      text += word(std::min(kCount - 1, static_cast<int>(std::exp(next() * std::log(kCount)))));
    return text;
  }
  [[nodiscard]] static QString word(int rank) {
    static constexpr char kSyllables[] = "batokirenumosalide";
    QString text;
    for (int rest = rank + 81; rest > 0; rest /= 9) text += QLatin1StringView(kSyllables + (rest % 9) * 2, 2);
    return text + u' ';
  }

 private:
  static constexpr int kCount = 20'000;
  double next() {
    m_state = m_state * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<double>(m_state >> 11) / 9007199254740992.0;
  }
  quint64 m_state = 42;
};

constexpr int kAnsweredEvery = 50;  // a ratchet that nobody answers stops after 1,000

void measureCrypto(Figures &figures, int count) {
  test::CryptoPeer alice{1};
  test::CryptoPeer bob{2};
  alice.trusts(bob);
  bob.trusts(alice);
  alice.startsWith(bob);
  static_cast<void>(bob.reads(alice, alice.sends(bob, "hello")));
  static_cast<void>(alice.reads(bob, bob.sends(alice, "hi")));
  const QByteArray text(300, 'x');
  double sealing = 0;
  double opening = 0;
  for (int done = 0; done < count; done += kAnsweredEvery) {
    std::vector<crypto::Ciphertext> sealed;
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < kAnsweredEvery; ++i) sealed.push_back(alice.sends(bob, text));
    sealing += milliseconds(timer);
    timer.start();
    for (const auto &ciphertext : sealed)
      if (bob.reads(alice, ciphertext) != text) std::abort();
    opening += milliseconds(timer);
    if (alice.reads(bob, bob.sends(alice, "an answer")) != "an answer") std::abort();
  }
  figures.note("sealed for one device, in memory", "/s", count / sealing * 1000);
  figures.note("opened, in memory", "/s", count / opening * 1000);
}

// Alice with two devices, Bob with one; what the tests of the vault use.
class House final : public test::VaultTest {
 public:
  void TestBody() override {}

  void measureLetters(Figures &figures, int count) {
    alice->sends(chat, u"first"_s);
    bob->receives();
    double writing = 0;
    double opening = 0;
    for (int done = 0; done < count; done += kAnsweredEvery) {
      QElapsedTimer timer;
      timer.start();
      for (int i = 0; i < kAnsweredEvery; ++i) alice->sends(chat, u"message number %1, of the usual length"_s.arg(i));
      writing += milliseconds(timer);
      timer.start();
      const auto openings = bob->receives();
      opening += milliseconds(timer);
      if (static_cast<int>(openings.size()) < kAnsweredEvery) std::abort();
      bob->sends(chat, u"an answer"_s);
      alice->receives();
    }
    figures.note("written, sealed for two devices, marked as sent: 3 commits each", "/s", count / writing * 1000);
    figures.atMost("opened and stored, one commit each", "ms", opening / count, 5);
  }

  void measureStart(Figures &figures, const Sizes &sizes) {
    fill(sizes.conversations, sizes.history);
    const double before = residentMib();
    QElapsedTimer timer;
    timer.start();
    bob->restarts();
    const auto rows = test::must(bob->vault().archive().conversations());
    figures.atMost("start: opened, list of 2,000 conversations, 200 k messages", "ms", milliseconds(timer), 2000);
    if (static_cast<int>(rows.size()) < sizes.conversations) std::abort();
    timer.start();
    const auto page = test::must(bob->vault().archive().page(m_chats.front(), {}));
    figures.atMost("first page of a conversation", "ms", milliseconds(timer), 100);
    figures.atMost("memory of the process then", "MiB", std::max(before, residentMib()), 400);
  }

  void measureSearch(Figures &figures, const Sizes &sizes) {
    fill(0, sizes.searched - sizes.history);
    const auto room = vault::Strongroom::open(bob->file(), bob->key(), clock, m_random);
    if (!room) std::abort();
    find(figures, **room, "search in 1 M: a rare word", Words::word(1'500));
    find(figures, **room, "search in 1 M: the most common word", Words::word(0));
    find(figures, **room, "search in 1 M: the beginning of many words, two letters", u"ba"_s);
    find(figures, **room, "search in 1 M: two common words", Words::word(3) + Words::word(40));
  }

 private:
  static constexpr int kPart = 20'000;  // rows a transaction

  void fill(int conversations, int messages) {
    for (int i = 0; i < conversations; ++i) {
      vault::ConversationFacts facts = this->facts();
      facts.id = newId<ConversationId>(m_system, m_random);
      const QString somebody = u"person%1@example.org"_s.arg(i);
      facts.participants = {{bob->self.user, u"bob@example.org"_s, u"member"_s},
                            {newId<UserId>(m_system, m_random), somebody, u"member"_s}};
      test::must(bob->vault().archive().upsert(facts));
      m_chats.push_back(facts.id);
    }
    const auto room = vault::Strongroom::open(bob->file(), bob->key(), clock, m_random);
    if (!room) std::abort();
    for (int done = 0; done < messages; done += kPart) {
      store::Transaction transaction(*(*room)->database);
      store::MessageStore store(*(*room)->database);
      for (int i = 0; i < std::min(kPart, messages - done); ++i)
        if (!store.insert(row())) std::abort();
      if (!transaction.commit()) std::abort();
    }
  }

  [[nodiscard]] store::MessageRow row() {
    store::MessageRow row;
    const int number = m_rows++;
    row.message.id = newId<ClientMessageId>(m_system, m_random);
    row.message.conversation = m_chats[static_cast<std::size_t>(number) % m_chats.size()];
    row.message.sender = number % 2 == 0 ? alice->self : bob->self;
    row.message.text = m_words.line();
    row.message.state = model::MessageState::Read;
    row.message.sentAt = clock.wallNow() - std::chrono::seconds(2'000'000 - number);
    row.message.serverTime = row.message.sentAt;
    row.chainSequence = static_cast<quint64>(number) + 1;
    row.sortTime = toMillis(row.message.sentAt);
    return row;
  }

  // The newest 50 lines that hold it; the slowest of five.
  static void find(Figures &figures, vault::Strongroom &room, const char *name, const QString &words) {
    store::MessageSearch search(*room.database);
    double slowest = 0;
    for (int i = 0; i < 5; ++i) {
      QElapsedTimer timer;
      timer.start();
      const auto found = search.find({.text = words});
      if (!found || found->empty()) std::abort();
      slowest = std::max(slowest, milliseconds(timer));
    }
    figures.atMost(name, "ms", slowest, 100);
  }

  SystemClock m_system;
  OsRandom m_random;
  Words m_words;
  std::vector<ConversationId> m_chats;
  int m_rows = 0;
};

}  // namespace

int main(int argc, char **argv) {
  QCoreApplication app(argc, argv);
  const QStringList arguments = QCoreApplication::arguments();
  Sizes sizes;
  if (arguments.contains(u"--quick"_s)) sizes = {500, 50, 50, 2'000, 20'000};
  Figures figures;
  measureCrypto(figures, sizes.sealed);
  House house;
  house.measureLetters(figures, sizes.letters);
  house.measureStart(figures, sizes);
  house.measureSearch(figures, sizes);
  return figures.write(arguments.value(1)) && figures.areGood() ? 0 : 1;
}
