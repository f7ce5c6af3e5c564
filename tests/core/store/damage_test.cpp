// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include <QFile>

#include "core/store/conversation_store.h"
#include "core/store/message_search.h"
#include "core/store/setting_store.h"
#include "core/store/store_error.h"
#include "tests/core/store/history_fixture.h"

namespace gx::test {

namespace {

using namespace Qt::StringLiterals;

constexpr qint64 kPageSize = 4096;

// A store whose file was damaged while nobody had it open.
class DamageTest : public HistoryTest {
 protected:
  DamageTest() {
    fills(300, u"a line of history that is long enough to fill some pages of the file with its words"_s);
    must(database->execute("INSERT INTO setting(name, value) VALUES ('theme', 'dark')"));
    must(database->checkpoint());
    database.reset();
    QFile store(file());
    EXPECT_TRUE(store.open(QIODevice::ReadOnly));
    sound = store.readAll();
  }
  // In place of what is there, its log included.
  void writes(const QByteArray &bytes) {
    for (const QString &companion : {file() + u"-wal"_s, file() + u"-shm"_s}) QFile::remove(companion);
    QFile store(file());
    ASSERT_TRUE(store.open(QIODevice::WriteOnly | QIODevice::Truncate));
    ASSERT_EQ(store.write(bytes), bytes.size());
  }
  // The first error of opening, reading and writing everything; none if all went well.
  std::optional<Error> use() {
    auto opened = store::Database::open(file(), key);
    if (!opened) return opened.error();
    store::Database &store = **opened;
    if (const auto migrated = store::migrate(store, store::schemaSteps()); !migrated) return migrated.error();
    store::MessageStore lines(store);
    const auto all = lines.after(chat, {}, 1000);
    if (!all) return all.error();
    store::SearchRequest request;
    request.text = u"history"_s;
    if (const auto hits = store::MessageSearch(store).find(request); !hits) return hits.error();
    if (const auto set = store::SettingStore(store).set(u"theme"_s, u"light"_s); !set) return set.error();
    if (const auto checked = store.checkIntegrity(); !checked) return checked.error();
    EXPECT_EQ(all->size(), 300U) << "silently less";
    return std::nullopt;
  }
  static bool isNamed(const Error &error) {
    return (error.kind == ErrorKind::Corrupt && error.code == store::codes::kCorrupt) ||
           (error.kind == ErrorKind::Untrusted && error.code == store::codes::kUnreadable);
  }

  QByteArray sound;
};

TEST_F(DamageTest, OfOneBytePerPageIsNamed) {
  ASSERT_GT(sound.size(), 20 * kPageSize);
  for (const qint64 offset : {qint64{20}, qint64{100}, qint64{2000}, qint64{4060}})
    for (qint64 page = 0; page < sound.size(); page += kPageSize) {
      QByteArray damaged = sound;
      damaged[page + offset] = static_cast<char>(damaged[page + offset] ^ 0x40);
      writes(damaged);

      const auto error = use();

      // Pages that nothing needs are not read.
      if (error)
        EXPECT_TRUE(isNamed(*error)) << page / kPageSize << '+' << offset << ' ' << describe(*error).constData();
    }
  writes(sound);
  EXPECT_FALSE(use());
}

TEST_F(DamageTest, OfTheFirstPageIsNotTakenForANewStore) {
  for (const qint64 size : {qint64{16}, kPageSize}) {
    writes(QByteArray(size, '\0') + sound.sliced(size));

    const auto error = use();

    ASSERT_TRUE(error) << size;
    EXPECT_EQ(error->code, store::codes::kUnreadable) << size;
  }
}

TEST_F(DamageTest, ByTruncationIsNamed) {
  for (const qint64 size : {qint64{1}, qint64{100}, kPageSize - 1, kPageSize, 2 * kPageSize, sound.size() / 2,
                            qint64{sound.size() - kPageSize}}) {
    writes(sound.first(size));

    const auto error = use();

    ASSERT_TRUE(error) << size;
    EXPECT_TRUE(isNamed(*error)) << size << ' ' << describe(*error).constData();
  }
}

TEST_F(DamageTest, ByAPageOfAnotherPlaceIsNamed) {
  const QByteArray page = sound.sliced(5 * kPageSize, kPageSize);
  QByteArray mixed = sound;
  mixed.replace(9 * kPageSize, kPageSize, page);
  writes(mixed);

  const auto error = use();

  ASSERT_TRUE(error);
  EXPECT_TRUE(isNamed(*error)) << describe(*error).constData();
}

TEST_F(DamageTest, OfTheLogLosesOnlyWhatWasNotInTheFile) {
  opens();
  must(store::SettingStore(*database).set(u"theme"_s, u"in the log"_s));
  QFile log(file() + u"-wal"_s);
  ASSERT_TRUE(log.open(QIODevice::ReadOnly));
  QByteArray bytes = log.readAll();
  ASSERT_GT(bytes.size(), 100);
  const QByteArray inFile = [this] {
    QFile store(file());
    return store.open(QIODevice::ReadOnly) ? store.readAll() : QByteArray();
  }();
  database.reset();  // moves the log into the file: both are put back as they were
  writes(inFile);
  bytes[60] = static_cast<char>(bytes[60] ^ 1);
  QFile damaged(file() + u"-wal"_s);
  ASSERT_TRUE(damaged.open(QIODevice::WriteOnly | QIODevice::Truncate));
  damaged.write(bytes);
  damaged.close();

  opens();

  EXPECT_EQ(must(store::SettingStore(*database).value(u"theme"_s)), u"dark"_s);
  must(database->checkIntegrity());
}

}  // namespace

}  // namespace gx::test
