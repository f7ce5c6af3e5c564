// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/messenger/linking.h"

#include "core/base/bytes.h"

namespace gx::messenger {

namespace {

constexpr std::chrono::milliseconds kLinkPoll = std::chrono::seconds(1);
constexpr qsizetype kNonceSize = 16;

// Sleeps one poll, or less when `stop` is asked for. False when it was.
QCoro::Task<bool> sleepOnePoll(Clock &clock, std::stop_token stop) {
  Pause pause(clock);
  const std::stop_callback wakeUp(stop, [&pause] { pause.wake(); });
  static_cast<void>(co_await pause.wait(kLinkPoll));
  co_return !stop.stop_requested();
}

}  // namespace

Linking::Linking(RelayAccess &access, DeviceLists &lists, vault::Vault &vault, Random &random)
    : m_access(access), m_lists(lists), m_vault(vault), m_random(random) {}

Linking::~Linking() = default;

Async<> Linking::waitForApproval(std::stop_token stop) {
  const auto mine = co_await own();
  if (!mine) co_return tl::unexpected(mine.error());
  wire::LinkPut put;
  put.commitment = wire::linkCommitment(mine->self.user, mine->self.device, mine->identityKey, mine->nonce);
  const auto offer = co_await m_access.api().putLink(put);
  if (!offer) co_return tl::unexpected(offer.error());
  Q_EMIT offered();
  const auto state = co_await poll(mine->self.device, false, stop);
  if (!state) co_return tl::unexpected(state.error());
  const wire::LinkState::Answer answer = *state->answer;
  const auto isListed = co_await checkAnswer(mine->self.user, answer);
  if (!isListed) co_return tl::unexpected(isListed.error());
  put.identityKey = mine->identityKey;
  put.nonce = mine->nonce;
  const auto revealed = co_await m_access.api().putLink(put);
  if (!revealed) co_return tl::unexpected(revealed.error());
  const wire::LinkParty us{mine->self.device, mine->identityKey, mine->nonce};
  const wire::LinkParty them{answer.deviceId, answer.identityKey, answer.nonce};
  Q_EMIT digitsReady(wire::linkDigits(mine->self.user, us, them));
  co_return co_await waitForEntry(mine->self, stop);
}

Async<LinkOffer> Linking::answer(DeviceId device, std::stop_token stop) {
  const auto mine = co_await own();
  if (!mine) co_return tl::unexpected(mine.error());
  wire::LinkAnswer note;
  note.identityKey = mine->identityKey;
  note.nonce = mine->nonce;
  const auto answered = co_await m_access.api().answerLink(device, note);
  if (!answered) co_return tl::unexpected(answered.error());
  const auto state = co_await poll(device, true, stop);
  if (!state) co_return tl::unexpected(state.error());
  const wire::LinkState::Reveal reveal = *state->reveal;
  // The commitment that we saw before we told our nonce, not one the relay shows now.
  const QByteArray expected = wire::linkCommitment(mine->self.user, device, reveal.identityKey, reveal.nonce);
  if (!constantTimeEqual(expected, answered->commitment))
    co_return fail(ErrorKind::Untrusted, "the device revealed another key than it committed to", "link_forged");
  const wire::LinkParty them{device, reveal.identityKey, reveal.nonce};
  const wire::LinkParty us{mine->self.device, mine->identityKey, mine->nonce};
  LinkOffer offer;
  offer.device = device;
  offer.name = state->name;
  offer.identityKey = reveal.identityKey;
  offer.digits = wire::linkDigits(mine->self.user, them, us);
  co_return offer;
}

Async<> Linking::approve(LinkOffer offer) {
  const auto key = curve::PublicKey::parse(offer.identityKey);
  if (!key) co_return tl::unexpected(key.error());
  const auto mine = co_await own();
  if (!mine) co_return tl::unexpected(mine.error());
  const auto refreshed = co_await m_lists.refresh(mine->self.user);
  if (!refreshed) co_return tl::unexpected(refreshed.error());
  const QByteArray nameHash = sha256(offer.name);
  auto entry = co_await m_vault.manifests().makeEntry(curve::ManifestOperation::Add, offer.device, *key, nameHash);
  if (!entry) co_return tl::unexpected(entry.error());
  co_return co_await m_lists.append(std::move(*entry), false);
}

Async<> Linking::refuse(DeviceId device) {
  return m_access.api().deleteDevice(device);
}

Async<> Linking::remove(DeviceId device) {
  const auto mine = co_await own();
  if (!mine) co_return tl::unexpected(mine.error());
  const auto refreshed = co_await m_lists.refresh(mine->self.user);
  if (!refreshed) co_return tl::unexpected(refreshed.error());
  const auto pinned = co_await m_vault.manifests().pinned(mine->self.user);
  if (!pinned) co_return tl::unexpected(pinned.error());
  for (const curve::ManifestDevice &listed : pinned->devices) {
    if (listed.device != device) continue;
    const QByteArray nameHash = sha256({});
    auto entry =
        co_await m_vault.manifests().makeEntry(curve::ManifestOperation::Remove, device, listed.identityKey, nameHash);
    if (!entry) co_return tl::unexpected(entry.error());
    co_return co_await m_lists.append(std::move(*entry), false);
  }
  co_return fail(ErrorKind::NotFound, "no such device in the manifest", "not_found");
}

Async<Linking::Own> Linking::own() {
  const auto record = co_await m_vault.account().account();
  if (!record) co_return tl::unexpected(record.error());
  if (!record->has_value()) co_return fail(ErrorKind::Unauthorized, "not signed in", "not_signed_in");
  const auto identity = co_await m_vault.deviceKeys().identity();
  if (!identity) co_return tl::unexpected(identity.error());
  Own mine;
  mine.self = (*record)->account.self;
  mine.identityKey = identity->publicKey.bytes();
  mine.nonce = m_random.bytes(kNonceSize);
  co_return mine;
}

Async<wire::LinkState> Linking::poll(DeviceId device, bool wantsReveal, std::stop_token stop) {
  for (;;) {
    auto state = co_await m_access.api().link(device);
    if (!state && !isTransient(state.error().kind)) co_return tl::unexpected(state.error());
    if (state && (wantsReveal ? state->reveal.has_value() : state->answer.has_value())) co_return *state;
    const bool goesOn = co_await sleepOnePoll(m_access.http().clock(), stop);
    if (!goesOn) co_return fail(ErrorKind::Cancelled, "linking was stopped");
  }
}

Async<> Linking::checkAnswer(UserId user, wire::LinkState::Answer answer) {
  const auto refreshed = co_await m_lists.refresh(user);
  if (!refreshed) co_return tl::unexpected(refreshed.error());
  const auto pinned = co_await m_vault.manifests().pinned(user);
  if (!pinned) co_return tl::unexpected(pinned.error());
  for (const curve::ManifestDevice &listed : pinned->devices) {
    if (listed.device == answer.deviceId && listed.identityKey.bytes() == answer.identityKey)
      co_return co_await m_vault.manifests().noteAnswer(listed.device, listed.identityKey);
  }
  co_return fail(ErrorKind::Untrusted, "answered by a device that the manifest does not list", "link_forged");
}

Async<> Linking::takeApproval() {
  const auto isRight = co_await m_vault.manifests().isRightlyListed();
  if (!isRight) co_return tl::unexpected(isRight.error());
  if (!*isRight)
    co_return fail(ErrorKind::Untrusted, "approved by another device than the one that answered", "link_forged");
  co_return co_await m_vault.account().setApproved(true);
}

Async<> Linking::waitForEntry(model::DeviceAddress self, std::stop_token stop) {
  for (;;) {
    const auto refreshed = co_await m_lists.refresh(self.user);
    if (!refreshed && !isTransient(refreshed.error().kind)) co_return tl::unexpected(refreshed.error());
    const auto pinned = co_await m_vault.manifests().pinned(self.user);
    if (!pinned) co_return tl::unexpected(pinned.error());
    for (const curve::ManifestDevice &listed : pinned->devices)
      if (listed.device == self.device) co_return co_await takeApproval();
    const bool goesOn = co_await sleepOnePoll(m_access.http().clock(), stop);
    if (!goesOn) co_return fail(ErrorKind::Cancelled, "linking was stopped");
  }
}

}  // namespace gx::messenger
