// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/main/relay.h"

#include <limits>

#include "core/base/bytes.h"
#include "core/base/logging.h"
#include "server/admin/seed_demo.h"
#include "server/sql/mailbox_figures.h"

namespace gx::server {

namespace {

constexpr std::chrono::days kInviteLife{3650};

}  // namespace

Result<std::unique_ptr<Relay>> Relay::open(const config::Config &config, Clock &clock, Random &random) {
  auto store = RelayStore::open(config, clock, random);
  if (!store) return fail(store.error());
  return std::unique_ptr<Relay>(new Relay(config, clock, random, std::move(*store)));
}

Relay::Relay(const config::Config &config, Clock &clock, Random &random, std::unique_ptr<RelayStore> store)
    : m_config(config),
      m_store(std::move(store)),
      m_services(m_store->ports(), RelayServices::settingsOf(config), {&m_store->probe()}),
      m_network(config, {clock, random, m_services.rest(), m_services.gateway(), m_services.health()}) {
  http::OperationsPage &operations = m_network.operations();
  operations.addMetrics([this](http::MetricsText &out) { writeMetrics(out); });
  operations.addGauge("gx_mailbox_letters", "letters that wait in mailboxes", [this] { return waitingLetters(); });
  operations.addGauge("gx_mailbox_bytes", "bytes of their ciphertexts", [this] { return waitingBytes(); });
}

Async<> Relay::start() {
  Async<> preparing = prepareAccounts();
  const Result<> prepared = co_await preparing;
  if (!prepared) co_return fail(prepared.error());
  Async<> admitting = admitInvite();
  const Result<> admitted = co_await admitting;
  if (!admitted) co_return fail(admitted.error());
  m_services.retention().start();
  co_return m_network.listen();
}

QCoro::Task<> Relay::drain() {
  co_await m_network.drain();
  co_await m_services.retention().stop();
}

Async<> Relay::prepareAccounts() {
  Async<> claiming = admin::claimFolder(m_config.dataFolder, m_config.isDemo, m_store->ports().accounts);
  const Result<> claimed = co_await claiming;
  if (!claimed) co_return fail(claimed.error());
  QList<admin::TestAccount> accounts;
  if (m_config.isDemo) accounts += admin::demoAccounts();
  if (!m_config.testAccounts.isEmpty()) {
    const auto read = admin::readTestAccounts(m_config.testAccounts);
    if (!read) co_return fail(read.error());
    accounts += *read;
  }
  Async<> seeding = admin::seedAccounts(m_services.signUp(), std::move(accounts));
  const Result<> seeded = co_await seeding;
  co_return seeded;
}

Async<> Relay::admitInvite() {
  if (m_config.registration != config::Registration::Invite) co_return Result<>();
  const WallTime end = m_store->ports().clock.wallNow() + kInviteLife;
  Async<> adding =
      m_store->ports().accounts.addInvite(sha256(m_config.inviteCode), std::numeric_limits<int>::max(), end);
  const Result<> added = co_await adding;
  if (!added && added.error().kind != ErrorKind::Conflict) co_return fail(added.error());
  co_return Result<>();  // Conflict: it was admitted before
}

Async<double> Relay::waitingLetters() {
  Async<sql::MailboxFigures> counting = sql::mailboxFigures(m_store->sql());
  const Result<sql::MailboxFigures> figures = co_await counting;
  if (!figures) co_return fail(figures.error());
  co_return static_cast<double>(figures->letters);
}

Async<double> Relay::waitingBytes() {
  Async<sql::MailboxFigures> counting = sql::mailboxFigures(m_store->sql());
  const Result<sql::MailboxFigures> figures = co_await counting;
  if (!figures) co_return fail(figures.error());
  co_return static_cast<double>(figures->bytes);
}

void Relay::writeMetrics(http::MetricsText &out) {
  const auto &messages = m_services.relay().counters();
  const auto writer = m_store->sql().writer().counters();
  out.counter("gx_messages_accepted_total", "messages taken").value(static_cast<double>(messages.accepted));
  out.counter("gx_messages_repeated_total", "repetitions answered").value(static_cast<double>(messages.repeated));
  out.counter("gx_messages_refused_total", "messages refused").value(static_cast<double>(messages.refused));
  out.counter("gx_letters_total", "letters put into mailboxes").value(static_cast<double>(messages.letters));
  out.counter("gx_store_commits_total", "transactions of the writer").value(static_cast<double>(writer.batches));
  out.counter("gx_store_acts_total", "acts in them").value(static_cast<double>(writer.acts));
  out.counter("gx_store_failed_commits_total", "transactions that failed")
      .value(static_cast<double>(writer.failedBatches));
  out.histogram("gx_store_commit_seconds", "time until a transaction of the writer is on disk", writer.commits);
  out.gauge("gx_store_reads_waiting", "reads queued or running").value(m_store->sql().pool().waiting());
}

}  // namespace gx::server
