// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
// storage_bench DIR
// What the disk and the bare group writer of server/sql can do in DIR: the median of a write of 4 KiB with fdatasync,
// and rows of 512 bytes per second, one insert an act, as many acts waiting as a batch holds. Prints one JSON object.
#include <fcntl.h>
#include <unistd.h>

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <algorithm>
#include <cstdio>

#include "core/base/call_queue.h"
#include "server/sql/group_writer.h"
#include "server/sql/sql_store.h"

namespace {

using namespace gx;
using namespace gx::server::sql;

constexpr int kSyncs = 300;
constexpr int kSeconds = 2;
constexpr qsizetype kRowBytes = 512;

double syncMicroseconds(const QByteArray &path) {
  const int file = ::open(path.constData(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  const QByteArray block(4096, 'x');
  for (int i = 0; i < kSyncs; ++i)
    if (::pwrite(file, block.constData(), 4096, 4096L * i) != 4096) return 0;
  ::fsync(file);
  std::vector<double> times;
  for (int i = 0; i < kSyncs; ++i) {
    QElapsedTimer timer;
    timer.start();
    if (::pwrite(file, block.constData(), 4096, 4096L * i) != 4096 || ::fdatasync(file) != 0) return 0;
    times.push_back(static_cast<double>(timer.nsecsElapsed()) / 1000);
  }
  ::close(file);
  std::ranges::sort(times);
  return times[times.size() / 2];
}

struct NoMemory final : BatchMemory {
  Result<> flush(SqlConnection &) override { return {}; }
  void forgetAll() override {}
};

class RowStream final {
 public:
  RowStream(GroupWriter &writer) : m_writer(writer) {}

  double perSecond() {
    for (std::size_t i = 0; i < 2 * GroupWriter::kBatch; ++i) submit();
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < kSeconds * 1000) QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
    const double rate = m_done / (static_cast<double>(timer.nsecsElapsed()) / 1e9);
    m_isOver = true;
    m_writer.drain();
    return rate;
  }

 private:
  void submit() {
    GroupWriter::Act act;
    act.home = &m_home;
    act.isIsolated = false;
    act.run = [this, number = ++m_number](SqlConnection &db) -> Result<> {
      auto query = db.query(R"(INSERT INTO "Row" ("device", "seq", "body") VALUES (:device, :seq, :body))");
      auto stored = query.bind(":device", qint64(number % 200)).bind(":seq", number).bind(":body", m_body).change();
      if (!stored) return fail(stored.error());
      return {};
    };
    act.done = [this](const Result<> &stored) {
      if (!stored) return;
      ++m_done;
      if (!m_isOver) submit();
    };
    m_writer.submit(std::move(act));
  }

  GroupWriter &m_writer;
  CallQueue m_home;
  QByteArray m_body{kRowBytes, 'x'};
  qint64 m_number = 0;
  double m_done = 0;
  bool m_isOver = false;
};

double rowsPerSecond(const QString &path) {
  NoMemory memory;
  {
    const auto db = SqlConnection::openSqlite(path, SqlAccess::Write);
    if (!db) return 0;
    auto made = (*db)
                    ->query(R"(CREATE TABLE "Row" ("id" INTEGER PRIMARY KEY, "device" INTEGER NOT NULL,
                                "seq" BIGINT NOT NULL, "body" BLOB NOT NULL, UNIQUE ("device", "seq")))")
                    .change();
    if (!made) return 0;
  }
  const auto writer = GroupWriter::start(path, memory);
  return writer ? RowStream(**writer).perSecond() : 0;
}

}  // namespace

int main(int argc, char **argv) {
  QCoreApplication app(argc, argv);
  const QTemporaryDir folder(
      QDir(QString::fromLocal8Bit(argc > 1 ? argv[1] : ".")).filePath(QStringLiteral("storage-XXXXXX")));
  const double sync = syncMicroseconds(QFile::encodeName(folder.filePath(QStringLiteral("block"))));
  const double rows = rowsPerSecond(folder.filePath(QStringLiteral("rows.db")));
  std::printf("{\"fdatasync_p50_us\": %.1f, \"rows_per_second\": %.0f}\n", sync, rows);
  return sync > 0 && rows > 0 ? 0 : 1;
}
