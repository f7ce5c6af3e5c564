// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/messenger/outbox.h"

#include <algorithm>

#include "core/base/logging.h"
#include "core/messenger/wire_values.h"

namespace gx::messenger {

using namespace std::chrono_literals;

namespace {

constexpr int kMaxAmendments = 5;  // of one try; then the conversation waits: the lists may be changing right now

// Refusals that a later try of the very same message may not meet any more.
bool mayPass(const Error &error) {
  if (isTransient(error.kind)) return true;
  if (error.kind == ErrorKind::Unauthorized || error.kind == ErrorKind::Untrusted ||
      error.kind == ErrorKind::Cancelled || error.kind == ErrorKind::Storage || error.kind == ErrorKind::Internal)
    return true;
  return error.code == "no_devices" || error.code == "device_mismatch" || error.code == "stale_device" ||
         error.code == "device_pending" || error.code == vault::codes::kNeedsBundle ||
         error.code == vault::codes::kNeedsManifest;
}

}  // namespace

Outbox::Outbox(Connection &connection, RecipientDevices &recipients, vault::Vault &vault, Clock &clock, Random &random)
    : m_connection(connection), m_recipients(recipients), m_vault(vault), m_clock(clock), m_random(random) {
  connect(&m_connection, &Connection::ready, this, &Outbox::retryNow);
}

Async<vault::OutboxChange> Outbox::send(ConversationId conversation, model::Content content) {
  const auto change = co_await m_vault.outbox().append(conversation, std::move(content));
  if (!change) co_return tl::unexpected(change.error());
  show(*change);
  wake();
  co_return *change;
}

Async<vault::OutboxChange> Outbox::retry(ClientMessageId id) {
  const auto change = co_await m_vault.outbox().retry(id);
  if (!change) co_return tl::unexpected(change.error());
  show(*change);
  wake();
  co_return *change;
}

void Outbox::wake() {
  if (m_isStopping) return;
  m_scanAgain = true;
  if (!m_isScanning) m_scope.spawn(scan());
}

void Outbox::retryNow() {
  for (auto &[conversation, lane] : m_lanes) {
    lane.notBefore = {};
    lane.awaitsDecision = false;
  }
  wake();
}

bool Outbox::awaitsDecision(ConversationId conversation) const {
  const auto found = m_lanes.find(conversation);
  return found != m_lanes.end() && found->second.awaitsDecision;
}

QCoro::Task<> Outbox::shutdown() {
  m_isStopping = true;
  co_await m_scope.drained();
}

QCoro::Task<> Outbox::scan() {
  m_isScanning = true;
  while (m_scanAgain && !m_isStopping && m_connection.isOnline()) {
    m_scanAgain = false;
    const auto work = co_await m_vault.outbox().work();
    if (!work) {
      qCWarning(lcMessenger) << "the outbox cannot be read:" << describe(work.error());
      m_clock.callAfter(5s, this, [this] { wake(); });
      break;
    }
    for (const ConversationId &conversation : work->ready) {
      Lane &own = lane(conversation);
      if (own.isBusy || m_isStopping || own.notBefore > m_clock.steadyNow()) continue;
      own.isBusy = true;
      m_scope.spawn(drain(conversation));
    }
    if (work->ready.empty() && !isBusy()) Q_EMIT idle();
    if (work->nextReceiptIn) m_clock.callAfter(*work->nextReceiptIn, this, [this] { wake(); });
  }
  m_isScanning = false;
}

QCoro::Task<> Outbox::drain(ConversationId conversation) {
  while (!m_isStopping && m_connection.isOnline()) {
    const auto item = co_await m_vault.outbox().next(conversation);
    if (!item || !item->has_value()) break;
    const Step step = co_await deliver(**item);
    if (step == Step::Wait) break;
  }
  lane(conversation).isBusy = false;
  wake();
}

QCoro::Task<Outbox::Step> Outbox::deliver(vault::OutboxItem item) {
  const auto result = co_await post(item);
  if (result) co_return co_await takeAccepted(item, *result);
  co_return co_await takeFailure(item, result.error().error);
}

QCoro::Task<net::SendResult> Outbox::post(vault::OutboxItem item) {
  auto sealed = co_await m_recipients.seal(item.id);
  for (int round = 0; sealed; ++round) {
    auto result = co_await m_connection.sendMessage(toRequest(*sealed));
    const bool mismatched =
        !result && (result.error().error.code == "device_mismatch" || result.error().error.code == "stale_device");
    if (!mismatched || round == kMaxAmendments) co_return result;
    sealed = co_await m_recipients.amend(item.id, toMismatch(result.error()));
  }
  net::RestFailure failure;
  failure.error = sealed.error();
  co_return tl::unexpected(failure);
}

QCoro::Task<Outbox::Step> Outbox::takeAccepted(vault::OutboxItem item, wire::SendAccepted answer) {
  lane(item.conversation).retry.reset();
  const auto change = co_await m_vault.outbox().markSent(item.id, answer.messageId, fromMillis(answer.serverTime));
  if (!change) {
    // The relay has it; the very same bytes go out again later and get the very same answer.
    postpone(item, change.error());
    co_return Step::Wait;
  }
  show(*change);
  Q_EMIT accepted(item.id);
  co_return Step::Next;
}

QCoro::Task<Outbox::Step> Outbox::takeFailure(vault::OutboxItem item, Error error) {
  if (mayPass(error)) {
    postpone(item, error);
    co_return Step::Wait;
  }
  const auto change = co_await m_vault.outbox().markFailed(item.id, error.code);
  if (!change) {
    postpone(item, change.error());
    co_return Step::Wait;
  }
  show(*change);
  Q_EMIT failed(item.id, error);
  co_return Step::Next;
}

void Outbox::postpone(const vault::OutboxItem &item, const Error &error) {
  Lane &own = lane(item.conversation);
  const auto delay = pauseOf(own, error);
  own.notBefore = m_clock.steadyNow() + delay;
  own.awaitsDecision = error.kind == ErrorKind::Untrusted;
  m_clock.callAfter(delay, this, [this] { wake(); });
  Q_EMIT delayed(item.id, error);
}

// Space comes back all at once: then the time that the relay named is right, however often it was full before.
std::chrono::milliseconds Outbox::pauseOf(Lane &lane, const Error &error) {
  const std::chrono::milliseconds named = error.retryAfter;
  if (error.kind != ErrorKind::Full || named < 1s) return std::max(lane.retry.next(), named);
  return named + std::chrono::milliseconds(m_random.below(static_cast<quint64>(named.count()) / 2));
}

void Outbox::show(const vault::OutboxChange &change) {
  if (change.shown) Q_EMIT messageChanged(change.conversation, *change.shown);
}

bool Outbox::isBusy() const {
  return std::any_of(m_lanes.begin(), m_lanes.end(), [](const auto &entry) { return entry.second.isBusy; });
}

Outbox::Lane &Outbox::lane(ConversationId conversation) {
  const auto found = m_lanes.find(conversation);
  if (found != m_lanes.end()) return found->second;
  Lane made{Retry(m_random, 1s, 60s)};
  return m_lanes.emplace(conversation, made).first->second;
}

}  // namespace gx::messenger
