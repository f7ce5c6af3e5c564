// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/vault/vault.h"

#include "core/store/message_search.h"
#include "core/vault/prekey_upkeep.h"
#include "core/vault/vault_thread.h"

namespace gx::vault {

using namespace std::chrono_literals;

namespace {

constexpr auto kDay = 24h;
constexpr auto kPreKeysKept = 60 * kDay;  // after the relay offers others
constexpr auto kSignedPreKeysKept = 45 * kDay;
constexpr auto kResendKept = 14 * kDay;
constexpr auto kQuarantineKept = 30 * kDay;
constexpr auto kSeenKept = 60 * kDay;  // more than a letter can be under way: 30 of the mailbox, 14 of the resend log
constexpr quint64 kChainSkip = 1000;

Result<> forgetOld(Strongroom &room) {
  const WallTime now = room.now();
  return room.keyBatches.forget(now - kPreKeysKept, now - kSignedPreKeysKept)
      .and_then([&] { return room.resends.forget(now - kResendKept); })
      .and_then([&] { return room.quarantine.forget(now - kQuarantineKept); })
      .and_then([&] { return room.deferredEffects.forget(now - kResendKept); })
      .and_then([&] { return room.received.forget(now - kSeenKept); })
      .and_then([&] { return store::MessageSearch(*room.database).purge(now); });
}

Result<> startAnew(Strongroom &room) {
  const auto devices = room.keys.sessions();
  if (!devices) return fail(devices.error());
  for (const auto &device : *devices) {
    crypto::Session session(room.keyring(), device);
    if (const auto archived = session.archive(); !archived) return archived;
  }
  if (const auto skipped = room.chains.skipOwn(kChainSkip); !skipped) return skipped;
  return PreKeyUpkeep(room).resetAll();
}

}  // namespace

Async<std::unique_ptr<Vault>> Vault::open(QString file, SecretBytes key, Clock &clock, Random &random) {
  auto thread = std::make_unique<VaultThread>();
  Result<> opened = co_await thread->open(file, std::move(key), clock, random);
  if (!opened) co_return fail(opened.error());
  co_return std::unique_ptr<Vault>(new Vault(std::move(thread)));
}

Vault::Vault(std::unique_ptr<VaultThread> thread)
    : m_thread(std::move(thread)),
      m_account(*m_thread),
      m_deviceKeys(*m_thread),
      m_manifests(*m_thread),
      m_outbox(*m_thread),
      m_sealer(*m_thread),
      m_opener(*m_thread),
      m_archive(*m_thread) {}

Vault::~Vault() = default;

Async<> Vault::tidyUp() {
  const Result<> forgotten = co_await m_thread->run([](Strongroom &room) { return forgetOld(room); });
  if (!forgotten) co_return fail(forgotten.error());
  const Result<> cleared = co_await m_thread->checkpoint();
  co_return cleared;
}

Async<> Vault::recoverFromRollback() {
  return m_thread->run([](Strongroom &room) { return startAnew(room); });
}

Async<> Vault::close() {
  return m_thread->close();
}

}  // namespace gx::vault
