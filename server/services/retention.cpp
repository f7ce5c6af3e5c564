// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/services/retention.h"

#include "core/base/launch.h"
#include "core/base/logging.h"
#include "core/wire/limits.h"

namespace gx::server::services {

namespace {

constexpr std::chrono::minutes kEvery{10};
constexpr std::chrono::hours kAcceptedMemory{24 * 45};  // mailbox 30 days, resend 14, and one
constexpr std::chrono::hours kPendingLife{24};
constexpr int kAtOnce = 500;

}  // namespace

Retention::Retention(const domain::Ports &ports, Tokens &tokens)
    : m_ports(ports), m_tokens(tokens), m_ended(ports.clock) {}

void Retention::start() {
  sweepAgain();
}

QCoro::Task<> Retention::stop() {
  m_isStopping = true;
  while (m_isSweeping) co_await m_ended.waitForWake();
}

void Retention::sweepAgain() {
  if (m_isStopping) return;
  m_isSweeping = true;
  launch(this, sweep(), [this](const Result<RetentionReport> &report) {
    m_isSweeping = false;
    if (!report) qCWarning(lcServerServices) << "retention:" << describe(report.error());
    if (report && report->letters > 0)
      qCInfo(lcServerServices) << "retention:" << report->letters << "letters past their time were removed";
    m_ports.clock.callAfter(kEvery, this, [this] { sweepAgain(); });
    m_ended.wake();
  });
}

Async<RetentionReport> Retention::sweep() {
  RetentionReport report;
  const WallTime now = m_ports.clock.wallNow();
  for (qint64 gone = kAtOnce; gone == kAtOnce; report.letters += gone) {
    const Result<qint64> removed = co_await m_ports.messages.expireLetters(now - wire::limits::kMailboxTime, kAtOnce);
    if (!removed) co_return fail(removed.error());
    gone = *removed;
  }
  for (qint64 gone = kAtOnce; gone == kAtOnce; report.messages += gone) {
    const Result<qint64> removed = co_await m_ports.messages.forgetAccepted(now - kAcceptedMemory, kAtOnce);
    if (!removed) co_return fail(removed.error());
    gone = *removed;
  }
  const Result<qint64> tokens = co_await m_ports.tokens.removeExpired(now);
  if (!tokens) co_return fail(tokens.error());
  report.tokens = *tokens;
  const auto devices = co_await m_ports.devices.expirePending(now - kPendingLife);
  if (!devices) co_return fail(devices.error());
  report.devices = qint64(devices->size());
  for (const DeviceId id : *devices) m_tokens.dropped(id);
  const Result<qint64> preKeys = co_await m_ports.preKeys.forgetClaimed(now - kAcceptedMemory);
  if (!preKeys) co_return fail(preKeys.error());
  report.preKeys = *preKeys;
  co_return report;
}

}  // namespace gx::server::services
