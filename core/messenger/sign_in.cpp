// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/messenger/sign_in.h"

#include <algorithm>

#include "core/base/bytes.h"
#include "core/messenger/link_memory.h"
#include "core/messenger/wire_values.h"

namespace gx::messenger {

namespace {

bool lists(const vault::PinnedManifest &pinned, DeviceId device) {
  return std::any_of(pinned.devices.begin(), pinned.devices.end(),
                     [device](const curve::ManifestDevice &listed) { return listed.device == device; });
}

QByteArray nameHashOf(const model::Account &account) {
  return sha256(account.deviceName.toUtf8());
}

}  // namespace

SignIn::SignIn(RelayAccess &access, DeviceLists &lists, vault::Vault &vault)
    : m_access(access), m_lists(lists), m_vault(vault) {}

Async<wire::RelayInfo> SignIn::relayInfo() {
  return m_access.api().relayInfo();
}

Async<> SignIn::registerAccount(Credentials credentials, std::optional<QByteArray> invite) {
  wire::RegisterRequest request;
  request.account = credentials.account;
  request.password = credentials.password;
  request.invite = std::move(invite);
  const auto made = co_await m_access.api().registerAccount(std::move(request));
  if (!made) co_return tl::unexpected(made.error());
  co_return Result<>();
}

Async<SignInOutcome> SignIn::signIn(Credentials credentials, QByteArray deviceName, bool newIdentity) {
  const auto present = co_await m_vault.account().account();
  if (!present) co_return tl::unexpected(present.error());
  if (present->has_value()) co_return fail(ErrorKind::Conflict, "this profile is signed in", "signed_in_already");
  const auto signedIn = co_await login(std::move(credentials), std::move(deviceName));
  if (!signedIn) co_return tl::unexpected(signedIn.error());
  co_return co_await finish(newIdentity);
}

Async<SignInOutcome> SignIn::finish(bool newIdentity) {
  const auto record = co_await m_vault.account().account();
  if (!record) co_return tl::unexpected(record.error());
  if (!record->has_value()) co_return fail(ErrorKind::Unauthorized, "not signed in", "not_signed_in");
  const auto published = co_await publishKeys();
  if (!published) co_return tl::unexpected(published.error());
  const model::DeviceAddress self = (*record)->account.self;
  const auto refreshed = co_await m_lists.refresh(self.user);
  if (!refreshed) co_return tl::unexpected(refreshed.error());
  auto pinned = co_await m_vault.manifests().pinned(self.user);
  if (!pinned) co_return tl::unexpected(pinned.error());
  if (!lists(*pinned, self.device) && (pinned->devices.empty() || newIdentity)) {
    const auto root = co_await publishRoot(**record, *pinned);
    if (!root) co_return tl::unexpected(root.error());
    pinned = co_await m_vault.manifests().pinned(self.user);
    if (!pinned) co_return tl::unexpected(pinned.error());
  }
  if (!lists(*pinned, self.device)) co_return SignInOutcome::Pending;
  if ((*record)->account.isApproved) co_return SignInOutcome::Approved;
  const auto isRight = co_await m_vault.manifests().isRightlyListed();
  if (!isRight) co_return tl::unexpected(isRight.error());
  if (!*isRight) co_return co_await unconfirmed();
  const auto approved = co_await m_vault.account().setApproved(true);
  if (!approved) co_return tl::unexpected(approved.error());
  co_return SignInOutcome::Approved;
}

// Listed, but no person said here that the digits agree: either it was answered and is to be confirmed yet, or the
// relay made the list up.
Async<SignInOutcome> SignIn::unconfirmed() {
  LinkMemory memory(m_vault);
  const auto answered = co_await memory.answered();
  if (!answered) co_return tl::unexpected(answered.error());
  if (answered->has_value()) co_return SignInOutcome::Pending;
  co_return fail(ErrorKind::Untrusted, "listed without having been approved", "link_forged");
}

Async<> SignIn::signOut() {
  const auto record = co_await m_vault.account().account();
  if (!record) co_return tl::unexpected(record.error());
  if (!record->has_value()) co_return Result<>();
  const auto removed = co_await removeFromManifest(**record);
  if (!removed && removed.error().kind != ErrorKind::Unauthorized) co_return tl::unexpected(removed.error());
  const auto out = co_await m_access.api().logout();
  // Removing the device from the manifest has revoked its tokens: the relay may not know us any more.
  if (!out && out.error().kind != ErrorKind::Unauthorized) co_return tl::unexpected(out.error());
  m_access.tokens().forget();
  co_return co_await m_vault.account().dropRefreshToken();
}

Async<> SignIn::login(Credentials credentials, QByteArray deviceName) {
  wire::LoginRequest request;
  request.account = credentials.account;
  request.password = credentials.password;
  request.deviceName = deviceName;
  const auto answer = co_await m_access.api().login(std::move(request));
  if (!answer) co_return tl::unexpected(answer.error());
  vault::AccountRecord record;
  record.account.self.user = answer->userId;
  record.account.self.device = answer->deviceId;
  record.account.name = QString::fromUtf8(answer->account);
  record.account.deviceName = QString::fromUtf8(deviceName);
  record.relayUrl = m_access.address().text();
  record.environment = QString::fromUtf8(answer->environment);
  SecretBytes token{QByteArrayView(answer->tokens.refreshToken)};
  const auto kept = co_await m_vault.account().signIn(std::move(record), std::move(token));
  if (!kept) co_return tl::unexpected(kept.error());
  m_access.tokens().adopt(answer->tokens);
  co_return Result<>();
}

Async<> SignIn::publishKeys() {
  const auto batch = co_await m_vault.deviceKeys().uploadBatch(0);
  if (!batch) co_return tl::unexpected(batch.error());
  if (batch->isEmpty()) co_return Result<>();
  wire::KeyUpload upload = toUpload(*batch);
  auto sent = batch->isReset ? co_await m_access.api().resetKeys(upload) : co_await m_access.api().uploadKeys(upload);
  if (!sent) co_return tl::unexpected(sent.error());
  co_return co_await m_vault.deviceKeys().uploadConfirmed(batch->number);
}

Async<> SignIn::publishRoot(const vault::AccountRecord &record, const vault::PinnedManifest &pinned) {
  const bool newChain = pinned.version > 0;
  const model::DeviceAddress self = record.account.self;
  const QByteArray nameHash = nameHashOf(record.account);
  const auto identity = co_await m_vault.deviceKeys().identity();
  if (!identity) co_return tl::unexpected(identity.error());
  auto entry = newChain ? co_await m_vault.manifests().makeNewRoot(nameHash)
                        : co_await m_vault.manifests().makeEntry(curve::ManifestOperation::Add, self.device,
                                                                 identity->publicKey, nameHash);
  if (!entry) co_return tl::unexpected(entry.error());
  co_return co_await m_lists.append(std::move(*entry), newChain);
}

Async<> SignIn::removeFromManifest(const vault::AccountRecord &record) {
  const model::DeviceAddress self = record.account.self;
  const auto refreshed = co_await m_lists.refresh(self.user);
  if (!refreshed) co_return tl::unexpected(refreshed.error());
  const auto pinned = co_await m_vault.manifests().pinned(self.user);
  if (!pinned) co_return tl::unexpected(pinned.error());
  if (!lists(*pinned, self.device)) co_return Result<>();
  const auto identity = co_await m_vault.deviceKeys().identity();
  if (!identity) co_return tl::unexpected(identity.error());
  auto entry = co_await m_vault.manifests().makeEntry(curve::ManifestOperation::Remove, self.device,
                                                      identity->publicKey, nameHashOf(record.account));
  if (!entry) co_return tl::unexpected(entry.error());
  wire::ManifestAppend request;
  request.entry = toWire(*entry);
  const auto appended = co_await m_access.api().appendManifest(std::move(request));
  if (!appended) co_return tl::unexpected(appended.error());
  co_return Result<>();
}

}  // namespace gx::messenger
