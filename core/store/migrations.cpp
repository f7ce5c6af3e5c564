// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/migrations.h"

#include <QDir>
#include <QFile>

#include "core/store/store_error.h"
#include "core/store/transaction.h"

inline void initStoreResources() {
  Q_INIT_RESOURCE(store);
}  // outside of any namespace, as the macro wants

namespace gx::store {

using namespace Qt::StringLiterals;

std::vector<QByteArray> schemaSteps() {
  initStoreResources();
  std::vector<QByteArray> steps;
  const QDir folder(u":/gx/core/store/schema"_s);
  for (const QString &name : folder.entryList(QDir::Files, QDir::Name)) {
    QFile file(folder.filePath(name));
    if (file.open(QIODevice::ReadOnly)) steps.push_back(file.readAll());
  }
  return steps;
}

Result<> migrate(Database &database, const std::vector<QByteArray> &steps) {
  const auto seen = database.statement("PRAGMA user_version").value();
  if (!seen) return fail(seen.error());
  const auto known = static_cast<qint64>(steps.size());
  if (*seen > known) return fail(ErrorKind::Unsupported, "store version " + QByteArray::number(*seen), codes::kNewer);
  for (qint64 version = *seen; version < known; ++version) {
    Transaction transaction(database);
    if (!transaction.began()) return transaction.began();
    if (const auto done = database.execute(steps[static_cast<std::size_t>(version)]); !done) return done;
    const QByteArray mark = "PRAGMA user_version = " + QByteArray::number(version + 1);
    if (const auto marked = database.execute(mark); !marked) return marked;
    if (const auto committed = transaction.commit(); !committed) return committed;
  }
  return {};
}

}  // namespace gx::store
