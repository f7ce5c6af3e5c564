// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>

#include "core/crypto/keyring.h"
#include "core/crypto/record_shape.h"

namespace gx::crypto {

// Session state as it lies in the store: when the current session began, and the record of the C library; sealed
// together.
struct SessionRecord {
  WallTime startedAt{};
  QByteArray bytes;  // of the library; empty: none yet

  // The peer's record: empty if there is none; Corrupt with code session_damaged if it is not as we wrote it.
  [[nodiscard]] static Result<SessionRecord> load(const Keyring &keyring, const model::DeviceAddress &peer);
  // Trims archived states and seals.
  [[nodiscard]] Result<> save(const Keyring &keyring, const model::DeviceAddress &peer) const;

  [[nodiscard]] Result<RecordShape> shape() const;  // views into `bytes`
};

}  // namespace gx::crypto
