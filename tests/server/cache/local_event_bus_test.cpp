// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/cache/local_event_bus.h"

#include <gtest/gtest.h>

namespace gx::test {

using server::cache::LocalEventBus;
using server::domain::DeviceEvent;

TEST(LocalEventBus, CallsEveryListenerAtOnceInOrder) {
  LocalEventBus bus;
  QObject context;
  std::vector<quint32> heard;
  for (const quint32 listener : {100U, 200U})
    bus.listen(&context, [&heard, listener](std::span<const DeviceId> devices, const DeviceEvent &event) {
      EXPECT_EQ(std::get<wire::KeysLow>(event).preKeys, 5);
      for (const DeviceId device : devices) heard.push_back(listener + device.value);
    });
  const DeviceId devices[] = {{1}, {2}};

  bus.announce(devices, wire::KeysLow{5});

  EXPECT_EQ(heard, (std::vector<quint32>{101, 102, 201, 202}));
}

TEST(LocalEventBus, ForgetsListenersThatDied) {
  LocalEventBus bus;
  int calls = 0;
  const DeviceId devices[] = {{1}};
  {
    QObject context;
    bus.listen(&context, [&](std::span<const DeviceId>, const DeviceEvent &) { ++calls; });
    bus.announce(devices, wire::KeysLow{});
  }

  bus.announce(devices, wire::KeysLow{});

  EXPECT_EQ(calls, 1);
}

TEST(LocalEventBus, TellsNobodyOfNoDevices) {
  LocalEventBus bus;
  QObject context;
  int calls = 0;
  bus.listen(&context, [&](std::span<const DeviceId>, const DeviceEvent &) { ++calls; });

  bus.announce({}, wire::KeysLow{});

  EXPECT_EQ(calls, 0);
}

TEST(LocalEventBus, LetsAListenerBringAnother) {
  LocalEventBus bus;
  QObject context;
  int late = 0;
  const DeviceId devices[] = {{1}};
  bus.listen(&context, [&](std::span<const DeviceId>, const DeviceEvent &) {
    if (late == 0) bus.listen(&context, [&](std::span<const DeviceId>, const DeviceEvent &) { ++late; });
  });

  bus.announce(devices, wire::KeysLow{});
  bus.announce(devices, wire::KeysLow{});

  EXPECT_GE(late, 1);
}

}  // namespace gx::test
