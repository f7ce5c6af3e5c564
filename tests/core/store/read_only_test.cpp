// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include <sys/stat.h>
#include <unistd.h>

#include <QFile>

#include "core/store/setting_store.h"
#include "core/store/store_error.h"
#include "tests/core/store/test_store.h"

namespace gx::test {

namespace {

using namespace Qt::StringLiterals;

// For root nothing is read-only: such a test goes on as nobody.
class AsNobody final {
 public:
  static constexpr uid_t kNobody = 65534;

  explicit AsNobody(const QString &folder) {
    if (::geteuid() != 0) return;
    for (const char *suffix : {"", "/store.db", "/store.db-wal", "/store.db-shm"})
      static_cast<void>(::chown(QFile::encodeName(folder + QLatin1StringView(suffix)).constData(), kNobody, kNobody));
    m_isSwitched = ::seteuid(kNobody) == 0;
    EXPECT_TRUE(m_isSwitched);
  }
  ~AsNobody() {
    if (m_isSwitched) EXPECT_EQ(::seteuid(0), 0);
  }
  AsNobody(const AsNobody &) = delete;
  AsNobody &operator=(const AsNobody &) = delete;

 private:
  bool m_isSwitched = false;
};

class ReadOnlyTest : public StoreTest {
 protected:
  ReadOnlyTest() {
    must(store::SettingStore(*database).set(u"theme"_s, u"dark"_s));
    must(database->checkpoint());
    database.reset();
  }
  static void mode(const QString &path, mode_t mode) {
    ASSERT_EQ(::chmod(QFile::encodeName(path).constData(), mode), 0);
  }
  // Opening and writing: what it says, if it does not work.
  std::optional<Error> use() {
    auto opened = store::Database::open(file(), key);
    if (!opened) return opened.error();
    const auto set = store::SettingStore(**opened).set(u"theme"_s, u"light"_s);
    if (!set) return set.error();
    return std::nullopt;
  }
};

TEST_F(ReadOnlyTest, FolderIsNamedAndHarmsNothing) {
  {
    const AsNobody nobody(folder.path());
    mode(folder.path(), 0500);
    const auto error = use();
    mode(folder.path(), 0700);

    ASSERT_TRUE(error);
    EXPECT_EQ(error->kind, ErrorKind::Storage) << describe(*error).constData();
    EXPECT_EQ(error->code, store::codes::kReadOnly) << describe(*error).constData();
  }
  opens();
  EXPECT_EQ(must(store::SettingStore(*database).value(u"theme"_s)), u"dark"_s);
}

TEST_F(ReadOnlyTest, FileIsNamedAndHarmsNothing) {
  {
    const AsNobody nobody(folder.path());
    mode(file(), 0400);
    const auto error = use();
    mode(file(), 0600);

    ASSERT_TRUE(error);
    EXPECT_EQ(error->code, store::codes::kReadOnly) << describe(*error).constData();
    const auto later = use();
    EXPECT_FALSE(later) << "works again when the cause is gone: " << describe(later.value_or(Error{})).constData();
  }
  opens();
  EXPECT_EQ(must(store::SettingStore(*database).value(u"theme"_s)), u"light"_s);
}

TEST_F(ReadOnlyTest, FileThatIsNotOursToReadIsNamed) {
  const AsNobody nobody(folder.path());
  mode(file(), 0);
  const auto error = use();
  mode(file(), 0600);

  ASSERT_TRUE(error);
  EXPECT_EQ(error->code, store::codes::kReadOnly) << describe(*error).constData();
}

TEST_F(ReadOnlyTest, PlaceThatIsNoFolderIsNamed) {
  for (const QString &path : {folder.file(u"no/such/folder/store.db"_s), file() + u"/store.db"_s, folder.path()}) {
    const auto opened = store::Database::open(path, key);

    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, store::codes::kReadOnly) << path.toStdString();
  }
}

}  // namespace

}  // namespace gx::test
