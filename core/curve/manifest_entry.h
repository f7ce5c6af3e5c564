// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>

#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/curve/public_key.h"

namespace gx::curve {

enum class ManifestOperation : quint8 { Add = 1, Remove = 2 };

// One link of an account's device list: who was added or removed, by which listed device, signed by it (PROTOCOL.md,
// "Device manifest"). An entry is not trusted before a Manifest took it.
struct ManifestEntry {
  UserId account;
  quint64 version = 0;      // 1 for the first entry, then without gaps
  QByteArray previousHash;  // entryHash() of the entry before; 32 zeros for the first
  ManifestOperation operation = ManifestOperation::Add;
  DeviceId device;        // added or removed
  PublicKey identityKey;  // of that device
  QByteArray nameHash;    // SHA-256 of the device's name: 32 bytes
  WallTime createdAt{};
  DeviceId byDevice;  // whose key signed; for the first entry the device itself
  QByteArray signature{};

  bool operator==(const ManifestEntry &) const = default;
};

// What the signature covers: domain "gx-manifest-1", then each field with its length.
[[nodiscard]] QByteArray signedBytes(const ManifestEntry &entry);
// SHA-256 over the signed bytes and the signature: what the next entry names as previous.
[[nodiscard]] QByteArray entryHash(const ManifestEntry &entry);

}  // namespace gx::curve
