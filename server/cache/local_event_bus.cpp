// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/cache/local_event_bus.h"

namespace gx::server::cache {

void LocalEventBus::announce(std::span<const DeviceId> devices, const domain::DeviceEvent &event) {
  if (devices.empty()) return;
  // By index: a listener may bring another one.
  for (std::size_t i = 0; i < m_listeners.size(); ++i)
    if (m_listeners[i].context) m_listeners[i].listener(devices, event);
}

void LocalEventBus::listen(QObject *context, Listener listener) {
  std::erase_if(m_listeners, [](const Listening &each) { return each.context.isNull(); });
  m_listeners.push_back({context, std::move(listener)});
}

}  // namespace gx::server::cache
