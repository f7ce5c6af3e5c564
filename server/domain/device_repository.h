// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <optional>
#include <vector>

#include "core/base/async.h"
#include "server/domain/device.h"

namespace gx::server::domain {

// What a device says at connect about its own past, for finding rolled back profiles (SECURITY.md 3g).
struct BootState {
  qint64 counter = 0;
  qint64 sends = 0;
};

// Port. Devices of accounts; they are made by TokenRepository::start() and change state by
// ManifestRepository::append().
class DeviceRepository {
 public:
  virtual ~DeviceRepository() = default;

  [[nodiscard]] virtual Async<Device> find(DeviceId id) = 0;               // NotFound
  [[nodiscard]] virtual Async<std::vector<Device>> list(UserId user) = 0;  // pending and active, by time of making
  // Deletes a pending device with its tokens, keys and link. NotFound when it is not the user's; Conflict
  // manifest_conflict when it is active.
  [[nodiscard]] virtual Async<> removePending(UserId user, DeviceId id) = 0;
  // Notes the day, and the larger of the boot states. True when the relay knew a later one.
  [[nodiscard]] virtual Async<bool> noteSeen(DeviceId id, qint64 day, std::optional<BootState> boot) = 0;
  // Deletes pending devices made before; returns them.
  [[nodiscard]] virtual Async<std::vector<DeviceId>> expirePending(WallTime before) = 0;
};

}  // namespace gx::server::domain
