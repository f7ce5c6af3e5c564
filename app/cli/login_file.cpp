// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/cli/login_file.h"

#include <QJsonDocument>
#include <QJsonObject>

#include "app/profile/slot_choice.h"

namespace gx::cli {

using namespace Qt::StringLiterals;

Result<messenger::Credentials> readLoginFile(const QString &path) {
  const auto text = app::readPrivateFile(path);
  if (!text) return tl::unexpected(text.error());
  const QJsonObject object = QJsonDocument::fromJson(*text).object();
  messenger::Credentials credentials;
  credentials.account = object[u"account"_s].toString().toLower().toUtf8();
  credentials.password = object[u"password"_s].toString().toUtf8();
  if (credentials.account.isEmpty() || credentials.password.isEmpty())
    return fail(ErrorKind::Invalid, "a login file is JSON with account and password", "bad_login_file");
  return credentials;
}

}  // namespace gx::cli
