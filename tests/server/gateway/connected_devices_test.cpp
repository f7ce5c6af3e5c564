// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/gateway/connected_devices.h"

#include <gtest/gtest.h>

namespace gx::server::gateway {

namespace {

DeviceConnection connectionOf(realtime::SocketId socket, quint32 device) {
  DeviceConnection connection;
  connection.socket = socket;
  connection.who.device = DeviceId{device};
  return connection;
}

}  // namespace

TEST(ConnectedDevices, FindsBySocketAndByDevice) {
  ConnectedDevices devices;

  EXPECT_EQ(devices.add(connectionOf(1, 100)), 0U);
  EXPECT_EQ(devices.add(connectionOf(2, 200)), 0U);

  EXPECT_EQ(devices.find(realtime::SocketId{1})->who.device.value, 100U);
  EXPECT_EQ(devices.find(DeviceId{200})->socket, 2U);
  EXPECT_EQ(devices.find(DeviceId{300}), nullptr);
  EXPECT_EQ(devices.find(realtime::SocketId{3}), nullptr);
  EXPECT_EQ(devices.count(), 2);
}

TEST(ConnectedDevices, TheNewestConnectionOfADeviceWins) {
  ConnectedDevices devices;
  EXPECT_EQ(devices.add(connectionOf(1, 100)), 0U);

  EXPECT_EQ(devices.add(connectionOf(2, 100)), 1U);

  EXPECT_EQ(devices.find(DeviceId{100})->socket, 2U);
}

TEST(ConnectedDevices, TheEndOfAnOldConnectionLeavesTheNewOne) {
  ConnectedDevices devices;
  EXPECT_EQ(devices.add(connectionOf(1, 100)), 0U);
  EXPECT_EQ(devices.add(connectionOf(2, 100)), 1U);

  EXPECT_EQ(devices.remove(1)->who.device.value, 100U);

  EXPECT_EQ(devices.find(DeviceId{100})->socket, 2U);
  EXPECT_FALSE(devices.remove(1));
  EXPECT_TRUE(devices.remove(2));
  EXPECT_EQ(devices.find(DeviceId{100}), nullptr);
  EXPECT_EQ(devices.count(), 0);
}

TEST(ConnectedDevices, ListsItsSockets) {
  ConnectedDevices devices;
  EXPECT_TRUE(devices.sockets().empty());
  EXPECT_EQ(devices.add(connectionOf(7, 100)), 0U);
  EXPECT_EQ(devices.sockets(), std::vector<realtime::SocketId>{7});
}

}  // namespace gx::server::gateway
