// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QObject>
#include <QPointer>
#include <vector>

#include "server/domain/event_bus.h"

namespace gx::server::cache {

// The bus of a relay that is alone: calls the listeners at once.
class LocalEventBus final : public domain::EventBus {
 public:
  void announce(std::span<const DeviceId> devices, const domain::DeviceEvent &event) override;
  void listen(QObject *context, Listener listener) override;

 private:
  struct Listening {
    QPointer<QObject> context;
    Listener listener;
  };
  std::vector<Listening> m_listeners;
};

}  // namespace gx::server::cache
