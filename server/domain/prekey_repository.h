// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <vector>

#include "core/base/async.h"
#include "core/base/clock.h"
#include "core/wire/keys_dto.h"

namespace gx::server::domain {

// Taken bundle and how many one-time prekeys its device has left.
struct ClaimedBundle {
  wire::PreKeyBundle bundle;
  int preKeysLeft = 0;
};

// Port. Public keys of devices. Callers check shapes and signatures before.
class PreKeyRepository {
 public:
  virtual ~PreKeyRepository() = default;

  // Adds. Known ids with the same bytes are passed over, also claimed ones; Conflict key_conflict for other bytes,
  // Conflict identity_fixed for another identity key, Invalid invalid_keys for an incomplete first upload or more than
  // limits::kOneTimePrekeys. Nothing is stored on failure.
  [[nodiscard]] virtual Async<wire::KeyCount> upload(DeviceId device, wire::KeyUpload keys) = 0;
  // Replaces every prekey; NotFound before the first upload.
  [[nodiscard]] virtual Async<wire::KeyCount> reset(DeviceId device, wire::KeyUpload keys) = 0;
  [[nodiscard]] virtual Async<wire::KeyCount> count(DeviceId device) = 0;  // zeros before the first upload
  [[nodiscard]] virtual Async<wire::KeyAudit> audit(DeviceId device) = 0;  // NotFound before the first upload
  // One bundle of each named device that is active and the user's; a one-time prekey leaves at most once, lowest id
  // first.
  [[nodiscard]] virtual Async<std::vector<ClaimedBundle>> claim(UserId user, std::vector<DeviceId> devices) = 0;
  [[nodiscard]] virtual Async<wire::UserDevices> activeDevices(UserId user) = 0;
  // Forgets which prekeys were claimed before `before`.
  [[nodiscard]] virtual Async<qint64> forgetClaimed(WallTime before) = 0;
};

}  // namespace gx::server::domain
