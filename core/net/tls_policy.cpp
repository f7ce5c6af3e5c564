// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/net/tls_policy.h"

#include "core/wire/limits.h"

#include <QFile>
#include <QSslCertificate>

namespace gx::net {

Result<QByteArray> readCaFile(const QString &path) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly))
    return fail(ErrorKind::NotFound, "the CA file cannot be read", "ca_file_unreadable");
  const QByteArray pem = file.read(wire::limits::kMiB);
  if (QSslCertificate::fromData(pem, QSsl::Pem).isEmpty())
    return fail(ErrorKind::Invalid, "the CA file holds no certificate in PEM form", "ca_file_empty");
  return pem;
}

}  // namespace gx::net
