// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/messenger/linking.h"

#include <algorithm>

#include "core/base/bytes.h"
#include "core/base/logging.h"

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

QByteArray digitsOf(const model::DeviceAddress &self, const QByteArray &identityKey, const LinkMemory::Answered &note) {
  const wire::LinkParty us{self.device, identityKey, note.nonce};
  const wire::LinkParty them{note.answer.deviceId, note.answer.identityKey, note.answer.nonce};
  return wire::linkDigits(self.user, us, them);
}

}  // namespace

Linking::Linking(RelayAccess &access, DeviceLists &lists, vault::Vault &vault, Random &random)
    : m_access(access),
      m_lists(lists),
      m_vault(vault),
      m_random(random),
      m_memory(vault),
      m_asking(access.http().clock()) {}

Linking::~Linking() = default;

Async<> Linking::waitForApproval(std::stop_token stop) {
  const auto mine = co_await own();
  if (!mine) co_return tl::unexpected(mine.error());
  const auto kept = co_await m_memory.answered();
  if (!kept) co_return tl::unexpected(kept.error());
  const auto listed = co_await isListed(mine->self);
  if (!listed) co_return tl::unexpected(listed.error());
  Result<LinkMemory::Answered> note = kept->value_or(LinkMemory::Answered());
  if (!kept->has_value() || !*listed) note = co_await offer(*mine, stop);
  if (!note) co_return tl::unexpected(note.error());
  m_word.reset();
  Q_EMIT digitsReady(digitsOf(mine->self, mine->identityKey, *note));
  const auto isSame = co_await askPerson(mine->self.user, stop);
  if (!isSame) co_return tl::unexpected(isSame.error());
  if (!*isSame) co_return co_await drop(mine->self.device);
  co_return co_await believe(*mine, *note, stop);
}

void Linking::confirm(bool isSame) {
  m_word = isSame;
  m_asking.wake();
}

Async<> Linking::resume(QByteArray digits, std::stop_token stop) {
  const auto mine = co_await own();
  if (!mine) co_return tl::unexpected(mine.error());
  const auto kept = co_await m_memory.answered();
  if (!kept) co_return tl::unexpected(kept.error());
  if (!kept->has_value()) co_return fail(ErrorKind::NotFound, "no digits were shown yet", "no_link");
  if (digits != digitsOf(mine->self, mine->identityKey, **kept)) co_return co_await drop(mine->self.device);
  // The run before may have ended between keeping and revealing. Forbidden: signed in meanwhile.
  const auto revealed = co_await reveal(*mine, **kept);
  if (!revealed && revealed.error().kind != ErrorKind::Forbidden) co_return tl::unexpected(revealed.error());
  co_return co_await believe(*mine, **kept, stop);
}

Async<LinkOffer> Linking::answer(DeviceId device, std::stop_token stop) {
  const auto mine = co_await own();
  if (!mine) co_return tl::unexpected(mine.error());
  const auto seen = co_await m_access.api().link(device);
  if (!seen) co_return tl::unexpected(seen.error());
  const auto nonce = co_await nonceFor(device, seen->commitment);
  if (!nonce) co_return tl::unexpected(nonce.error());
  wire::LinkAnswer note;
  note.identityKey = mine->identityKey;
  note.nonce = *nonce;
  const auto answered = co_await m_access.api().answerLink(device, note);
  if (!answered) co_return tl::unexpected(answered.error());
  const auto state = co_await poll(device, true, stop);
  if (!state) co_return tl::unexpected(state.error());
  const wire::LinkState::Reveal reveal = *state->reveal;
  // The commitment that we saw before we told our nonce, not one the relay shows now.
  const QByteArray expected = wire::linkCommitment(mine->self.user, device, reveal.identityKey, reveal.nonce);
  if (!constantTimeEqual(expected, seen->commitment))
    co_return fail(ErrorKind::Untrusted, "the device revealed another key than it committed to", "link_forged");
  const wire::LinkParty them{device, reveal.identityKey, reveal.nonce};
  const wire::LinkParty us{mine->self.device, mine->identityKey, *nonce};
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
  co_return mine;
}

Async<bool> Linking::isListed(model::DeviceAddress self) {
  const auto pinned = co_await m_vault.manifests().pinned(self.user);
  if (!pinned) co_return tl::unexpected(pinned.error());
  const bool found = std::any_of(pinned->devices.begin(), pinned->devices.end(),
                                 [&](const curve::ManifestDevice &listed) { return listed.device == self.device; });
  co_return found;
}

// Commits, waits for the answer, keeps it, and only then reveals.
Async<LinkMemory::Answered> Linking::offer(Own mine, std::stop_token stop) {
  LinkMemory::Answered note;
  note.nonce = m_random.bytes(kNonceSize);
  wire::LinkPut put;
  put.commitment = wire::linkCommitment(mine.self.user, mine.self.device, mine.identityKey, note.nonce);
  const auto offer = co_await m_access.api().putLink(put);
  if (!offer) co_return tl::unexpected(offer.error());
  Q_EMIT offered();
  const auto state = co_await poll(mine.self.device, false, stop);
  if (!state) co_return tl::unexpected(state.error());
  note.answer = *state->answer;
  const auto isKnown = co_await checkAnswer(mine.self.user, note.answer);
  if (!isKnown) co_return tl::unexpected(isKnown.error());
  const auto kept = co_await m_memory.keep(note);
  if (!kept) co_return tl::unexpected(kept.error());
  const auto revealed = co_await reveal(mine, note);
  if (!revealed) co_return tl::unexpected(revealed.error());
  co_return note;
}

Async<> Linking::reveal(Own mine, LinkMemory::Answered note) {
  wire::LinkPut put;
  put.commitment = wire::linkCommitment(mine.self.user, mine.self.device, mine.identityKey, note.nonce);
  put.identityKey = mine.identityKey;
  put.nonce = note.nonce;
  const auto revealed = co_await m_access.api().putLink(put);
  if (!revealed) co_return tl::unexpected(revealed.error());
  co_return Result<>();
}

// Looks meanwhile whether the relay still knows this device: the other one may have refused it.
Async<bool> Linking::askPerson(UserId self, std::stop_token stop) {
  const std::stop_callback wakeUp(stop, [this] { m_asking.wake(); });
  while (!m_word) {
    static_cast<void>(co_await m_asking.wait(kLinkPoll));
    if (stop.stop_requested()) co_return fail(ErrorKind::Cancelled, "linking was stopped");
    if (m_word) break;
    const auto known = co_await m_lists.refresh(self);
    if (!known && !isTransient(known.error().kind)) co_return tl::unexpected(known.error());
  }
  const bool isSame = *m_word;
  co_return isSame;
}

Async<> Linking::believe(Own mine, LinkMemory::Answered note, std::stop_token stop) {
  const auto key = curve::PublicKey::parse(note.answer.identityKey);
  if (!key) co_return tl::unexpected(key.error());
  const auto noted = co_await m_vault.manifests().noteAnswer(note.answer.deviceId, *key);
  if (!noted) co_return tl::unexpected(noted.error());
  co_return co_await waitForEntry(mine.self, stop);
}

// Other digits: this device leaves the account, and nothing of it is taken over.
Async<> Linking::drop(DeviceId self) {
  const auto forgotten = co_await m_memory.forgetAnswered();
  if (!forgotten) co_return tl::unexpected(forgotten.error());
  const auto off = co_await remove(self);  // of the list, if somebody signed it in meanwhile
  const auto out = co_await m_access.api().logout();
  if (!out && !off) qCInfo(lcMessenger) << "the relay could not be told to drop this device:" << describe(out.error());
  m_access.tokens().forget();
  const auto dropped = co_await m_vault.account().dropRefreshToken();
  if (!dropped) co_return tl::unexpected(dropped.error());
  co_return fail(ErrorKind::Untrusted, "the devices show different digits", "digits_differ");
}

// The nonce that this commitment was answered with before, else a new one.
Async<QByteArray> Linking::nonceFor(DeviceId device, QByteArray commitment) {
  const auto kept = co_await m_memory.given(device);
  if (!kept) co_return tl::unexpected(kept.error());
  if (kept->has_value() && constantTimeEqual((*kept)->commitment, commitment))
    co_return QByteArray((*kept)->nonce);  // rule C9
  LinkMemory::Given note;
  note.device = device;
  note.nonce = m_random.bytes(kNonceSize);
  note.commitment = commitment;
  const auto noted = co_await m_memory.keep(note);
  if (!noted) co_return tl::unexpected(noted.error());
  co_return QByteArray(note.nonce);
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
    if (listed.device == answer.deviceId && listed.identityKey.bytes() == answer.identityKey) co_return Result<>();
  }
  co_return fail(ErrorKind::Untrusted, "answered by a device that the manifest does not list", "link_forged");
}

Async<> Linking::takeApproval() {
  const auto isRight = co_await m_vault.manifests().isRightlyListed();
  if (!isRight) co_return tl::unexpected(isRight.error());
  if (!*isRight)
    co_return fail(ErrorKind::Untrusted, "approved by another device than the one that answered", "link_forged");
  const auto approved = co_await m_vault.account().setApproved(true);
  if (!approved) co_return tl::unexpected(approved.error());
  co_return co_await m_memory.forgetAnswered();
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
