// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/http/key_routes.h"

#include "core/wire/routes.h"
#include "server/http/request_limits.h"
#include "server/http/route_answers.h"

namespace gx::server::http {

KeyRoutes::KeyRoutes(services::KeyDirectory &keys, services::Devices &devices, services::Links &links)
    : m_keys(keys), m_devices(devices), m_links(links) {}

void KeyRoutes::addTo(RouteTable &table) {
  addPreKeys(table);
  addBundles(table);
  addManifest(table);
  addLinks(table);
}

void KeyRoutes::addPreKeys(RouteTable &table) {
  table.add({.method = net::HttpMethod::Put,
             .path = wire::routes::kKeys,
             .access = Access::AnyDevice,
             .handler = [this](RouteCall call) { return upload(std::move(call)); },
             .summary = "Upload public keys of the calling device",
             .takes = "KeyUpload",
             .gives = "KeyCount"});
  table.add({.method = net::HttpMethod::Put,
             .path = wire::routes::kKeysReset,
             .handler = [this](RouteCall call) { return reset(std::move(call)); },
             .summary = "Replace every prekey of the calling device",
             .takes = "KeyUpload",
             .gives = "KeyCount"});
  table.add({.method = net::HttpMethod::Get,
             .path = wire::routes::kKeysCount,
             .handler = [this](RouteCall call) { return jsonOf(m_keys.count(call.principal)); },
             .summary = "How many one-time prekeys are left",
             .gives = "KeyCount"});
  table.add({.method = net::HttpMethod::Get,
             .path = wire::routes::kKeysAudit,
             .handler = [this](RouteCall call) { return jsonOf(m_keys.audit(call.principal)); },
             .summary = "Digests of the prekeys held here",
             .gives = "KeyAudit"});
}

void KeyRoutes::addBundles(RouteTable &table) {
  table.add({.method = net::HttpMethod::Post,
             .path = wire::routes::kKeysBundles,
             .handler = [this](RouteCall call) { return bundles(std::move(call)); },
             .summary = "Take a prekey bundle of each named device",
             .takes = "BundleRequest",
             .gives = "BundleResponse"});
  table.add({.method = net::HttpMethod::Get,
             .path = wire::routes::kKeysDevices,
             .handler = [this](RouteCall call) { return devicesOf(std::move(call)); },
             .summary = "Active devices of a person",
             .gives = "UserDevices"});
}

void KeyRoutes::addManifest(RouteTable &table) {
  table.add({.method = net::HttpMethod::Get,
             .path = wire::routes::kManifestOf,
             .access = Access::AnyDevice,
             .handler = [this](RouteCall call) { return manifestOf(std::move(call)); },
             .summary = "Entries of a person's device manifest",
             .gives = "ManifestPage",
             .query = "after"});
  table.add({.method = net::HttpMethod::Post,
             .path = wire::routes::kManifest,
             .access = Access::AnyDevice,
             .handler = [this](RouteCall call) { return appendManifest(std::move(call)); },
             .summary = "Append a signed entry to the own manifest",
             .takes = "ManifestAppend",
             .gives = "ManifestAppended",
             .status = 201});
}

void KeyRoutes::addLinks(RouteTable &table) {
  table.add({.method = net::HttpMethod::Put,
             .path = wire::routes::kLink,
             .access = Access::AnyDevice,
             .handler = [this](RouteCall call) { return putLink(std::move(call)); },
             .summary = "Linking, by the pending device",
             .takes = "LinkPut",
             .gives = "LinkState"});
  table.add({.method = net::HttpMethod::Post,
             .path = wire::routes::kLinkOf,
             .handler = [this](RouteCall call) { return answerLink(std::move(call)); },
             .summary = "Linking, by an active device",
             .takes = "LinkAnswer",
             .gives = "LinkState"});
  table.add({.method = net::HttpMethod::Get,
             .path = wire::routes::kLinkOf,
             .access = Access::AnyDevice,
             .handler = [this](RouteCall call) { return findLink(std::move(call)); },
             .summary = "State of a linking",
             .gives = "LinkState"});
}

Async<RouteAnswer> KeyRoutes::upload(RouteCall call) {
  auto keys = wire::KeyUpload::parse(call.request.body);
  if (!keys) return refused(keys.error());
  return jsonOf(m_keys.upload(call.principal, std::move(*keys)));
}

Async<RouteAnswer> KeyRoutes::reset(RouteCall call) {
  auto keys = wire::KeyUpload::parse(call.request.body);
  if (!keys) return refused(keys.error());
  return jsonOf(m_keys.reset(call.principal, std::move(*keys)));
}

Async<RouteAnswer> KeyRoutes::bundles(RouteCall call) {
  auto request = wire::BundleRequest::parse(call.request.body);
  if (!request) return refused(request.error());
  return jsonOf(m_keys.bundles(call.principal, std::move(*request)));
}

Async<RouteAnswer> KeyRoutes::devicesOf(RouteCall call) {
  const auto user = idInPath<UserId>(call);
  if (!user) return refused(user.error());
  return jsonOf(m_keys.devicesOf(call.principal, *user));
}

Async<RouteAnswer> KeyRoutes::manifestOf(RouteCall call) {
  const auto user = idInPath<UserId>(call);
  if (!user) return refused(user.error());
  const auto after = numberFromQuery(call.request, "after");
  if (!after) return refused(after.error());
  return jsonOf(m_devices.manifest(call.principal, *user, *after));
}

Async<RouteAnswer> KeyRoutes::appendManifest(RouteCall call) {
  auto request = wire::ManifestAppend::parse(call.request.body);
  if (!request) return refused(request.error());
  return jsonOf(m_devices.append(call.principal, std::move(*request)), 201);
}

Async<RouteAnswer> KeyRoutes::putLink(RouteCall call) {
  auto put = wire::LinkPut::parse(call.request.body);
  if (!put) return refused(put.error());
  return jsonOf(m_links.put(call.principal, std::move(*put)));
}

Async<RouteAnswer> KeyRoutes::answerLink(RouteCall call) {
  const auto device = idInPath<DeviceId>(call);
  if (!device) return refused(device.error());
  auto answer = wire::LinkAnswer::parse(call.request.body);
  if (!answer) return refused(answer.error());
  return jsonOf(m_links.answer(call.principal, *device, std::move(*answer)));
}

Async<RouteAnswer> KeyRoutes::findLink(RouteCall call) {
  const auto device = idInPath<DeviceId>(call);
  if (!device) return refused(device.error());
  return jsonOf(m_links.find(call.principal, *device));
}

}  // namespace gx::server::http
