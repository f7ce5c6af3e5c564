// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/messenger/key_upkeep.h"

#include "core/base/crash_point.h"
#include "core/base/logging.h"
#include "core/messenger/wire_values.h"
#include "core/wire/event_names.h"

namespace gx::messenger {

using namespace std::chrono_literals;

namespace {
constexpr int kRefillBelow = 20;
constexpr int kFull = 100;
constexpr std::chrono::milliseconds kDaily = 24h;
constexpr std::chrono::milliseconds kAfterFailure = 60s;
}  // namespace

KeyUpkeep::KeyUpkeep(RelayAccess &access, Connection &connection, vault::Vault &vault, Clock &clock)
    : m_access(access), m_connection(connection), m_vault(vault), m_pause(clock) {
  connect(&m_connection, &Connection::ready, this, &KeyUpkeep::wake);
  connect(&m_connection, &Connection::eventReceived, this, [this](const QByteArray &name) {
    if (name == wire::events::kKeysLow) wake();
  });
}

void KeyUpkeep::start() {
  m_scope.spawn(run());
}

QCoro::Task<> KeyUpkeep::shutdown() {
  m_isStopping = true;
  m_pause.wake();
  co_await m_scope.drained();
}

QCoro::Task<> KeyUpkeep::run() {
  co_await m_pause.waitForWake();
  while (!m_isStopping) {
    const auto done = co_await keepUp();
    if (!done && !m_isStopping) qCInfo(lcMessenger) << "prekeys could not be looked after:" << describe(done.error());
    if (m_isStopping) break;
    static_cast<void>(co_await m_pause.wait(done ? kDaily : kAfterFailure));
  }
}

Async<> KeyUpkeep::keepUp() {
  const auto rotated = co_await m_vault.deviceKeys().rotateSignedPreKeyIfDue();
  if (!rotated) co_return tl::unexpected(rotated.error());
  const auto pending = co_await upload();  // a batch of an earlier run first: the audit would find it missing
  if (!pending) co_return pending;
  const auto audited = co_await audit();
  if (!audited) co_return audited;
  co_return co_await upload();
}

Async<> KeyUpkeep::audit() {
  const auto served = co_await m_access.api().keyAudit();
  if (!served) co_return tl::unexpected(served.error());
  const auto holds = co_await m_vault.deviceKeys().holdsAll(toAudit(*served));
  if (!holds) co_return tl::unexpected(holds.error());
  if (*holds) co_return Result<>();
  qCWarning(lcMessenger) << "the relay offers prekeys that this device does not hold: replacing them all";
  co_return co_await m_vault.deviceKeys().resetAll();
}

Async<> KeyUpkeep::upload() {
  const auto count = co_await m_access.api().keyCount();
  if (!count) co_return tl::unexpected(count.error());
  const int wanted = count->preKeys < kRefillBelow ? kFull - count->preKeys : 0;
  const auto batch = co_await m_vault.deviceKeys().uploadBatch(wanted);
  if (!batch) co_return tl::unexpected(batch.error());
  if (batch->isEmpty()) co_return Result<>();
  const wire::KeyUpload body = toUpload(*batch);
  auto sent = batch->isReset ? co_await m_access.api().resetKeys(body) : co_await m_access.api().uploadKeys(body);
  if (!sent) co_return tl::unexpected(sent.error());
  crashPoint("C19");
  const auto confirmed = co_await m_vault.deviceKeys().uploadConfirmed(batch->number);
  if (!confirmed) co_return tl::unexpected(confirmed.error());
  Q_EMIT uploaded();
  co_return Result<>();
}

}  // namespace gx::messenger
