// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/admin/test_accounts.h"

#include <QFile>

#include "core/wire/json_reader.h"

namespace gx::server::admin {

namespace {

constexpr char kDemoPassword[] = "TestPass123";
constexpr qint64 kLargestFile = 256 * 1024;
constexpr qsizetype kMostAccounts = 250;

TestAccount readAccount(const wire::JsonReader &in) {
  return {in["account"].text({254}), in["password"].text({1024})};
}

Result<QList<TestAccount>> parseAccounts(const QByteArray &text) {
  const wire::JsonReader in(text);
  QList<TestAccount> accounts;
  if (in.has("accounts"))
    in["accounts"].each(kMostAccounts,
                        [&](const wire::JsonValue &value) { accounts.append(readAccount(value.object())); });
  else
    accounts.append(readAccount(in));
  return in.done(std::move(accounts));
}

}  // namespace

QList<TestAccount> demoAccounts() {
  return {{"alice@gxcoin.test", kDemoPassword},
          {"bob@gxcoin.test", kDemoPassword},
          {"carol@gxcoin.test", kDemoPassword},
          {"dave@gxcoin.test", kDemoPassword}};
}

Result<QList<TestAccount>> readTestAccounts(const QString &file) {
  QFile in(file);
  const QByteArray name = file.toUtf8();
  if (!in.open(QIODevice::ReadOnly)) return fail(ErrorKind::NotFound, name + ": " + in.errorString().toUtf8());
  if (in.permissions() & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther))
    return fail(ErrorKind::Untrusted, name + ": others may read the passwords; chmod 600 it");
  if (in.size() > kLargestFile) return fail(ErrorKind::TooLarge, name + ": more than 256 KiB");
  auto accounts = parseAccounts(in.readAll());
  if (!accounts) return fail(accounts.error().kind, name + ": " + accounts.error().detail);
  return accounts;
}

}  // namespace gx::server::admin
