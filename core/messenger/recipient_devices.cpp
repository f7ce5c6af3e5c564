// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/messenger/recipient_devices.h"

#include <map>
#include <set>

#include "core/messenger/wire_values.h"

namespace gx::messenger {

namespace {

Error untrustedDevices() {
  return Error{ErrorKind::Untrusted, "a recipient's devices are not trusted", vault::codes::kTrustBroken};
}

}  // namespace

RecipientDevices::RecipientDevices(RelayAccess &access, DeviceLists &lists, vault::Vault &vault)
    : m_access(access), m_lists(lists), m_vault(vault) {}

Async<vault::SealedMessage> RecipientDevices::seal(ClientMessageId item) {
  auto plan = co_await planWithManifests(item);
  if (!plan) co_return tl::unexpected(plan.error());
  if (!plan->isSealed && !plan->blocked.empty()) co_return tl::unexpected(untrustedDevices());
  std::vector<crypto::PreKeyBundle> fetched;
  if (!plan->isSealed && !plan->needBundle.empty()) {
    auto answer = co_await bundles(std::move(plan->needBundle));
    if (!answer) co_return tl::unexpected(answer.error());
    fetched = std::move(*answer);
  }
  co_return co_await m_vault.sealer().seal(item, std::move(fetched));
}

Async<vault::SealedMessage> RecipientDevices::amend(ClientMessageId item, vault::DeviceMismatch mismatch) {
  const auto plan = co_await m_vault.sealer().plan(item);
  if (!plan) co_return tl::unexpected(plan.error());
  // Everybody's list, whoever was named: of an extra device the relay does not say whose it was.
  std::set<UserId> users(plan->needManifest.begin(), plan->needManifest.end());
  for (const model::DeviceAddress &device : plan->recipients) users.insert(device.user);
  for (const auto *list : {&mismatch.missing, &mismatch.stale})
    for (const model::DeviceAddress &device : *list) users.insert(device.user);
  std::vector<UserId> changed(users.begin(), users.end());
  const auto refreshed = co_await refreshAll(std::move(changed));
  if (!refreshed) co_return tl::unexpected(refreshed.error());
  // The new list may have broken trust: asked again at every try, bundles would run out before the user decided.
  const auto decided = co_await m_vault.sealer().plan(item);
  if (!decided) co_return tl::unexpected(decided.error());
  if (!decided->blocked.empty()) co_return tl::unexpected(untrustedDevices());
  auto needed = co_await m_vault.sealer().sessionless(mismatch.missing);
  if (!needed) co_return tl::unexpected(needed.error());
  Addresses devices = std::move(*needed);
  devices.insert(devices.end(), mismatch.stale.begin(), mismatch.stale.end());
  auto fetched = co_await bundles(std::move(devices));
  if (!fetched) co_return tl::unexpected(fetched.error());
  co_return co_await m_vault.sealer().amend(item, std::move(mismatch), std::move(*fetched));
}

Async<vault::SealPlan> RecipientDevices::planWithManifests(ClientMessageId item) {
  auto plan = co_await m_vault.sealer().plan(item);
  if (!plan || plan->isSealed || plan->needManifest.empty()) co_return plan;
  const auto refreshed = co_await refreshAll(std::move(plan->needManifest));
  if (!refreshed) co_return tl::unexpected(refreshed.error());
  plan = co_await m_vault.sealer().plan(item);
  if (plan && !plan->isSealed && !plan->needManifest.empty())
    co_return fail(ErrorKind::Conflict, "a recipient has no device yet", "no_devices");
  co_return plan;
}

Async<std::vector<crypto::PreKeyBundle>> RecipientDevices::bundles(Addresses devices) {
  std::map<UserId, QList<DeviceId>> byUser;
  for (const model::DeviceAddress &device : devices) byUser[device.user].append(device.device);
  std::vector<crypto::PreKeyBundle> all;
  for (const auto &[user, ids] : byUser) {
    wire::BundleRequest request;
    request.userId = user;
    request.deviceIds = ids;
    const auto answer = co_await m_access.api().bundles(std::move(request));
    if (!answer) co_return tl::unexpected(answer.error());
    for (crypto::PreKeyBundle &bundle : toBundles(*answer)) all.push_back(std::move(bundle));
  }
  co_return all;
}

Async<> RecipientDevices::refreshAll(std::vector<UserId> users) {
  for (const UserId &user : users) {
    const auto outcome = co_await m_lists.refresh(user);
    if (!outcome) co_return tl::unexpected(outcome.error());
  }
  co_return Result<>();
}

}  // namespace gx::messenger
