// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QList>

#include "core/base/ids.h"
#include "core/base/result.h"

// The device manifest on the wire (PROTOCOL.md section 5). Signed bytes and verification: core/curve/manifest.
namespace gx::wire {

struct ManifestEntry {
  UserId userId;
  qint64 version = 0;   // from 1
  QByteArray prevHash;  // 32 bytes
  bool isAdd = true;    // op "add" or "remove"
  DeviceId deviceId;
  QByteArray identityKey;  // 33 bytes
  QByteArray nameHash;     // 32 bytes
  qint64 createdAt = 0;    // ms
  DeviceId byDevice;
  QByteArray signature;  // 64 bytes

  bool operator==(const ManifestEntry &) const = default;
};

struct ManifestPage {
  UserId userId;
  QList<ManifestEntry> entries;
  bool more = false;  // entries after the last one here

  [[nodiscard]] static Result<ManifestPage> parse(QByteArrayView json);
  [[nodiscard]] QByteArray toJson() const;
};

struct ManifestAppend {
  ManifestEntry entry;
  bool newChain = false;

  [[nodiscard]] static Result<ManifestAppend> parse(QByteArrayView json);
  [[nodiscard]] QByteArray toJson() const;
};

struct ManifestAppended {
  qint64 version = 0;

  [[nodiscard]] static Result<ManifestAppended> parse(QByteArrayView json);
  [[nodiscard]] QByteArray toJson() const;
};

struct ManifestChanged {  // event manifest.changed
  UserId userId;
  qint64 version = 0;

  [[nodiscard]] static Result<ManifestChanged> parse(QByteArrayView json);
  [[nodiscard]] QByteArray toJson() const;
};

}  // namespace gx::wire
