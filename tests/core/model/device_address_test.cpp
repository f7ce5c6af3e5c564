// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/model/device_address.h"

#include <gtest/gtest.h>

#include <unordered_set>

#include "tests/core/model/sample_plaintext.h"

namespace gx::model {
namespace {

using namespace gx::test;

TEST(DeviceAddress, IsOnePersonAndOneDevice) {
  const std::unordered_set<DeviceAddress> known{{kAliceUser, DeviceId{1}}, {kAliceUser, DeviceId{2}}};

  EXPECT_TRUE(known.contains({kAliceUser, DeviceId{2}}));
  EXPECT_FALSE(known.contains({kBobUser, DeviceId{2}}));
}

TEST(DeviceAddress, IsOrderedByPersonThenDevice) {
  EXPECT_LT((DeviceAddress{kAliceUser, DeviceId{9}}), (DeviceAddress{kBobUser, DeviceId{1}}));
  EXPECT_LT((DeviceAddress{kAliceUser, DeviceId{1}}), (DeviceAddress{kAliceUser, DeviceId{9}}));
}

}  // namespace
}  // namespace gx::model
