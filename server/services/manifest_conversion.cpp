// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/services/manifest_conversion.h"

namespace gx::server::services {

Result<curve::ManifestEntry> toCurve(const wire::ManifestEntry &entry) {
  const auto identity = curve::PublicKey::parse(entry.identityKey);
  if (!identity || entry.version < 1) return fail(ErrorKind::Invalid, "identity_key or version", "invalid_manifest");
  curve::ManifestEntry converted;
  converted.account = entry.userId;
  converted.version = quint64(entry.version);
  converted.previousHash = entry.prevHash;
  converted.operation = entry.isAdd ? curve::ManifestOperation::Add : curve::ManifestOperation::Remove;
  converted.device = entry.deviceId;
  converted.identityKey = *identity;
  converted.nameHash = entry.nameHash;
  converted.createdAt = fromMillis(entry.createdAt);
  converted.byDevice = entry.byDevice;
  converted.signature = entry.signature;
  return converted;
}

Result<std::vector<curve::ManifestEntry>> toCurve(std::span<const wire::ManifestEntry> entries) {
  std::vector<curve::ManifestEntry> converted;
  converted.reserve(entries.size());
  for (const wire::ManifestEntry &entry : entries) {
    auto each = toCurve(entry);
    if (!each) return fail(each.error());
    converted.push_back(std::move(*each));
  }
  return converted;
}

}  // namespace gx::server::services
