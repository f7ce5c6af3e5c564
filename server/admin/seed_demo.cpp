// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/admin/seed_demo.h"

#include <QFile>
#include <QSaveFile>

namespace gx::server::admin {

namespace {

QString markOf(const QString &folder) {
  return folder + QLatin1String("/demo");
}

Result<> markAsDemo(const QString &folder) {
  QSaveFile mark(markOf(folder));
  const QByteArray text = "The accounts in this folder are public: gx-relay serve --demo made them.\n";
  if (!mark.open(QIODevice::WriteOnly) || mark.write(text) != text.size() || !mark.commit())
    return fail(ErrorKind::Storage, "cannot mark the data folder as a demo: " + mark.errorString().toUtf8());
  return {};
}

}  // namespace

bool isDemoFolder(const QString &folder) {
  return QFile::exists(markOf(folder));
}

Async<> claimFolder(QString folder, bool isDemo, domain::AccountRepository &accounts) {
  if (isDemoFolder(folder) && !isDemo)
    co_return fail(ErrorKind::Conflict,
                   "the data folder is a demo's: its passwords are public; use --demo or another --data");
  if (isDemoFolder(folder) || !isDemo) co_return Result<>();
  Async<qint64> counting = accounts.count();
  const Result<qint64> count = co_await counting;
  if (!count) co_return fail(count.error());
  if (*count > 0)
    co_return fail(ErrorKind::Conflict,
                   "the data folder holds accounts and is no demo's; give the demo another --data");
  co_return markAsDemo(folder);
}

Async<> seedAccounts(services::SignUp &signUp, QList<TestAccount> accounts) {
  for (const TestAccount &account : accounts) {
    Async<UserId> seeding = signUp.seed(account.account, account.password);
    const Result<UserId> user = co_await seeding;
    if (!user && user.error().code != "account_taken") co_return fail(user.error());
  }
  co_return Result<>();
}

}  // namespace gx::server::admin
