// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <functional>

#include "core/base/ids.h"

namespace gx::model {

// One device of one person, as a Signal session sees it.
struct DeviceAddress {
  UserId user;
  DeviceId device;

  auto operator<=>(const DeviceAddress &) const = default;
};

inline size_t qHash(const DeviceAddress &address, size_t seed = 0) {
  return qHash(address.device, qHash(address.user, seed));
}

}  // namespace gx::model

template <>
struct std::hash<gx::model::DeviceAddress> {
  size_t operator()(const gx::model::DeviceAddress &address) const noexcept { return gx::model::qHash(address); }
};
