// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "server/http/route_table.h"
#include "server/services/devices.h"
#include "server/services/key_directory.h"
#include "server/services/links.h"

namespace gx::server::http {

// /keys: prekeys and bundles, the device manifest, linking.
class KeyRoutes final {
 public:
  KeyRoutes(services::KeyDirectory &keys, services::Devices &devices, services::Links &links);

  // The routes keep pointing here.
  void addTo(RouteTable &table);

 private:
  void addPreKeys(RouteTable &table);
  void addBundles(RouteTable &table);
  void addManifest(RouteTable &table);
  void addLinks(RouteTable &table);
  [[nodiscard]] Async<RouteAnswer> upload(RouteCall call);
  [[nodiscard]] Async<RouteAnswer> reset(RouteCall call);
  [[nodiscard]] Async<RouteAnswer> bundles(RouteCall call);
  [[nodiscard]] Async<RouteAnswer> devicesOf(RouteCall call);
  [[nodiscard]] Async<RouteAnswer> manifestOf(RouteCall call);
  [[nodiscard]] Async<RouteAnswer> appendManifest(RouteCall call);
  [[nodiscard]] Async<RouteAnswer> putLink(RouteCall call);
  [[nodiscard]] Async<RouteAnswer> answerLink(RouteCall call);
  [[nodiscard]] Async<RouteAnswer> findLink(RouteCall call);

  services::KeyDirectory &m_keys;
  services::Devices &m_devices;
  services::Links &m_links;
};

}  // namespace gx::server::http
