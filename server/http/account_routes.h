// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "server/http/route_table.h"
#include "server/services/devices.h"
#include "server/services/sign_in.h"
#include "server/services/sign_up.h"
#include "server/services/tokens.h"

namespace gx::server::http {

// /auth: register, sign in, tokens, devices.
class AccountRoutes final {
 public:
  AccountRoutes(services::SignUp &signUp, services::SignIn &signIn, services::Tokens &tokens,
                services::Devices &devices);

  // The routes keep pointing here.
  void addTo(RouteTable &table);

 private:
  void addPublic(RouteTable &table);
  void addDevices(RouteTable &table);
  [[nodiscard]] Async<RouteAnswer> registerAccount(RouteCall call);
  [[nodiscard]] Async<RouteAnswer> login(RouteCall call);
  [[nodiscard]] Async<RouteAnswer> refresh(RouteCall call);
  [[nodiscard]] Async<RouteAnswer> logout(RouteCall call);
  [[nodiscard]] Async<RouteAnswer> removeDevice(RouteCall call);

  services::SignUp &m_signUp;
  services::SignIn &m_signIn;
  services::Tokens &m_tokens;
  services::Devices &m_devices;
};

}  // namespace gx::server::http
