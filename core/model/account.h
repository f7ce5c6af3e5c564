// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QString>

#include "core/model/device_address.h"

namespace gx::model {

// The signed-in account on this device.
struct Account {
  DeviceAddress self;
  QString name;             // "alice@gxcoin.test"
  QString deviceName;       // "gx-cli on laptop"
  bool isApproved = false;  // false while a listed device has not yet signed this one into the manifest

  bool operator==(const Account &) const = default;
};

}  // namespace gx::model
