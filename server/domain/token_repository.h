// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <vector>

#include "core/base/async.h"
#include "server/domain/device.h"
#include "server/domain/principal.h"

namespace gx::server::domain {

struct AccessRecord {
  QByteArray hash;  // SHA-256 of the token
  WallTime expiresAt{};
};

struct RefreshRecord {
  QByteArray hash;    // SHA-256 of the token
  QByteArray family;  // 16 bytes, the same for all tokens that came from one login
  WallTime idleUntil{};
  WallTime familyEndsAt{};
};

// One refresh: the old token is spent and the new ones come to be in the same act.
struct RefreshRotation {
  QByteArray oldHash;
  QByteArray requestId;
  QByteArray sealedAnswer;  // handed out again to the same requestId until replayUntil
  AccessRecord access;
  RefreshRecord refresh;
  WallTime now{};
  WallTime replayUntil{};
};

struct RefreshOwner {
  Device device;
  RefreshRecord record;
};

// Port. Access tokens and refresh families, known by hash only.
class TokenRepository {
 public:
  virtual ~TokenRepository() = default;

  // Adds a pending device with its first tokens. Of more than limits::kDevicesPerAccount pending devices the oldest
  // goes. Returns those that went. Conflict (no code) when the device id is taken: try another.
  [[nodiscard]] virtual Async<std::vector<DeviceId>> start(Device device, AccessRecord access,
                                                           RefreshRecord refresh) = 0;
  // NotFound for unknown tokens; expiry is the caller's to check.
  [[nodiscard]] virtual Async<Principal> findAccess(QByteArray hash) = 0;
  [[nodiscard]] virtual Async<RefreshOwner> findRefresh(QByteArray hash) = 0;
  // Returns an empty answer when rotated now, the sealed answer of before when the same request came again in time.
  // Unauthorized (unauthorized) for unknown and outlived tokens; Conflict refresh_in_progress when another request
  // spent it less than the replay time ago; Unauthorized token_reused when it was spent before that, and then the
  // family is gone.
  [[nodiscard]] virtual Async<QByteArray> rotate(RefreshRotation rotation) = 0;
  // All tokens of the device; a pending device is deleted whole.
  [[nodiscard]] virtual Async<> endSession(DeviceId device) = 0;
  [[nodiscard]] virtual Async<qint64> removeExpired(WallTime now) = 0;
};

}  // namespace gx::server::domain
