// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/curve/manifest_entry.h"

#include "core/base/bytes.h"

namespace gx::curve {

QByteArray signedBytes(const ManifestEntry &entry) {
  QByteArray out;
  out.reserve(256);
  appendField(out, "gx-manifest-1");
  appendField(out, toText(entry.account));
  appendNumber(out, entry.version);
  appendField(out, entry.previousHash);
  appendField(out, entry.operation == ManifestOperation::Add ? QByteArrayView("add") : QByteArrayView("remove"));
  appendNumber(out, entry.device.value);
  appendField(out, entry.identityKey.view());
  appendField(out, entry.nameHash);
  appendNumber(out, static_cast<quint64>(toMillis(entry.createdAt)));
  appendNumber(out, entry.byDevice.value);
  return out;
}

QByteArray entryHash(const ManifestEntry &entry) {
  return sha256(signedBytes(entry) + entry.signature);
}

}  // namespace gx::curve
