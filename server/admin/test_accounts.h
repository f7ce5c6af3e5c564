// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include "core/base/result.h"

namespace gx::server::admin {

struct TestAccount {
  QByteArray account;
  QByteArray password;
};

// Alice, Bob, Carol and Dave, whose passwords everybody knows.
[[nodiscard]] QList<TestAccount> demoAccounts();

// {"accounts":[{"account":…,"password":…}…]} or one such object alone. Refused when others may read the file.
[[nodiscard]] Result<QList<TestAccount>> readTestAccounts(const QString &file);

}  // namespace gx::server::admin
