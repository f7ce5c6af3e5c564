// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QString>

#include "core/base/result.h"

namespace gx::app {

// One process per profile folder: two would roll each other's ratchets back. flock(2) on the file `lock`, which names
// its holder; the system lets go of it however the process ends.
class ProfileLock final {
 public:
  // Locked, code profile_in_use, detail "gx-cli, process 4711".
  [[nodiscard]] static Result<ProfileLock> take(const QString &folder);
  ProfileLock(ProfileLock &&other) noexcept;
  ProfileLock &operator=(ProfileLock &&other) noexcept;
  ProfileLock(const ProfileLock &) = delete;
  ProfileLock &operator=(const ProfileLock &) = delete;
  ~ProfileLock();

 private:
  explicit ProfileLock(int descriptor) : m_descriptor(descriptor) {}
  int m_descriptor = -1;
};

}  // namespace gx::app
