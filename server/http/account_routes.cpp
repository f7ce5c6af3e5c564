// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/http/account_routes.h"

#include "core/wire/json_reader.h"
#include "core/wire/routes.h"
#include "server/http/route_answers.h"

namespace gx::server::http {

namespace {

// What limits by address count by.
QByteArray limitAddress(const net::PeerAddress &peer) {
  const auto key = peer.limitKey();
  return QByteArray(reinterpret_cast<const char *>(key.data()), static_cast<qsizetype>(key.size()));
}

}  // namespace

AccountRoutes::AccountRoutes(services::SignUp &signUp, services::SignIn &signIn, services::Tokens &tokens,
                             services::Devices &devices)
    : m_signUp(signUp), m_signIn(signIn), m_tokens(tokens), m_devices(devices) {}

void AccountRoutes::addTo(RouteTable &table) {
  addPublic(table);
  addDevices(table);
}

void AccountRoutes::addPublic(RouteTable &table) {
  table.add({.method = net::HttpMethod::Post,
             .path = wire::routes::kRegister,
             .access = Access::Everyone,
             .handler = [this](RouteCall call) { return registerAccount(std::move(call)); },
             .summary = "Make an account",
             .takes = "RegisterRequest",
             .gives = "RegisterResponse",
             .status = 201});
  table.add({.method = net::HttpMethod::Post,
             .path = wire::routes::kLogin,
             .access = Access::Everyone,
             .handler = [this](RouteCall call) { return login(std::move(call)); },
             .summary = "Sign in: makes a new device",
             .takes = "LoginRequest",
             .gives = "LoginResponse"});
  table.add({.method = net::HttpMethod::Post,
             .path = wire::routes::kRefresh,
             .access = Access::Everyone,
             .handler = [this](RouteCall call) { return refresh(std::move(call)); },
             .summary = "New tokens for a refresh token",
             .takes = "RefreshRequest",
             .gives = "TokenPair"});
}

void AccountRoutes::addDevices(RouteTable &table) {
  table.add({.method = net::HttpMethod::Post,
             .path = wire::routes::kLogout,
             .access = Access::AnyDevice,
             .handler = [this](RouteCall call) { return logout(std::move(call)); },
             .summary = "Revoke the tokens of the calling device",
             .takes = "Empty",
             .status = 204});
  table.add({.method = net::HttpMethod::Get,
             .path = wire::routes::kDevices,
             .access = Access::AnyDevice,
             .handler = [this](RouteCall call) { return jsonOf(m_devices.list(call.principal)); },
             .summary = "Devices of the account",
             .gives = "DeviceList"});
  table.add({.method = net::HttpMethod::Delete,
             .path = wire::routes::kDevice,
             .handler = [this](RouteCall call) { return removeDevice(std::move(call)); },
             .summary = "Delete a pending device",
             .status = 204});
}

Async<RouteAnswer> AccountRoutes::registerAccount(RouteCall call) {
  auto request = wire::RegisterRequest::parse(call.request.body);
  if (!request) return refused(request.error());
  return jsonOf(m_signUp.registerAccount(std::move(*request), limitAddress(call.request.peer)), 201);
}

Async<RouteAnswer> AccountRoutes::login(RouteCall call) {
  auto request = wire::LoginRequest::parse(call.request.body);
  if (!request) return refused(request.error());
  return jsonOf(m_signIn.login(std::move(*request), limitAddress(call.request.peer)));
}

Async<RouteAnswer> AccountRoutes::refresh(RouteCall call) {
  auto request = wire::RefreshRequest::parse(call.request.body);
  if (!request) return refused(request.error());
  return jsonOf(m_tokens.refresh(std::move(*request)));
}

Async<RouteAnswer> AccountRoutes::logout(RouteCall call) {
  const wire::JsonReader body(call.request.body);
  if (body.error()) return refused(*body.error());
  return nothingAfter(m_tokens.logout(call.principal));
}

Async<RouteAnswer> AccountRoutes::removeDevice(RouteCall call) {
  const auto device = idInPath<DeviceId>(call);
  if (!device) return refused(device.error());
  return nothingAfter(m_devices.remove(call.principal, *device));
}

}  // namespace gx::server::http
