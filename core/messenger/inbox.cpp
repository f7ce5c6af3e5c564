// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/messenger/inbox.h"

#include "core/base/logging.h"
#include "core/messenger/conversations.h"
#include "core/messenger/wire_values.h"
#include "core/wire/event_names.h"

namespace gx::messenger {

using namespace std::chrono_literals;

namespace {
constexpr std::chrono::milliseconds kPollEvery = 60s;
constexpr std::chrono::milliseconds kStoreRetry = 5s;
constexpr int kPollPage = 100;
}  // namespace

Inbox::Inbox(Parts parts) : m_parts(parts), m_pause(parts.clock) {
  connect(&m_parts.connection, &Connection::ready, this, &Inbox::takeReady);
  connect(&m_parts.connection, &Connection::eventReceived, this, &Inbox::take);
}

void Inbox::start() {
  m_scope.spawn(run());
  schedulePoll();
}

QCoro::Task<> Inbox::reopenHeld(UserId user) {
  const auto openings = co_await m_parts.vault.opener().reopenHeld(user);
  if (!openings) {
    qCWarning(lcMessenger) << "held letters cannot be opened:" << describe(openings.error());
    co_return;
  }
  for (vault::Opening opening : *openings) {
    // One that is held again wants the list that came just now: asking for it once more would never end.
    if (opening.wantsManifest == user) opening.wantsManifest.reset();
    co_await follow(std::move(opening));
  }
}

QCoro::Task<> Inbox::shutdown() {
  m_isStopping = true;
  m_pause.wake();
  co_await m_scope.drained();
}

void Inbox::take(const QByteArray &name, const QByteArray &argument) {
  if (name == wire::events::kMail) {
    auto mail = wire::MailEvent::parse(argument);
    if (!mail) {
      qCWarning(lcMessenger) << "mail that cannot be read:" << describe(mail.error());
      return;
    }
    for (wire::MailItem &item : mail->messages) m_letters.push_back(std::move(item));
    m_pause.wake();
  } else if (name == wire::events::kManifestChanged) {
    const auto changed = wire::ManifestChanged::parse(argument);
    if (changed) m_scope.spawn(fetchManifest(changed->userId));
  }
}

void Inbox::takeReady(const wire::Ready &ready) {
  m_letters.clear();  // the relay starts again after what is acknowledged
  ++m_connects;
  m_committed = {ready.acked, std::nullopt};
  m_acknowledged = ready.acked;
  m_head = ready.head;
  m_isReady = true;
  m_pause.wake();
  m_scope.spawn(rewind(ready.acked));
  if (ready.rolledBack) m_scope.spawn(recover());
  m_scope.spawn(askHeldSenders());
  m_scope.spawn(askAgain());
}

QCoro::Task<> Inbox::run() {
  while (!m_isStopping) {
    if (m_letters.empty()) {
      acknowledge();
      if (isCaughtUp()) Q_EMIT caughtUp();
      co_await m_pause.waitForWake();
      continue;
    }
    const bool taken = co_await openNext();
    if (!taken && !m_isStopping) static_cast<void>(co_await m_pause.wait(kStoreRetry));
    if (m_committed.seq - m_acknowledged >= 50) acknowledge();
  }
}

QCoro::Task<bool> Inbox::openNext() {
  const wire::MailItem item = m_letters.front();
  const int connects = m_connects;
  const auto opening = co_await m_parts.vault.opener().open(toIncoming(item));
  if (!opening) {
    qCWarning(lcMessenger) << "a letter cannot be stored:" << describe(opening.error());
    Q_EMIT storeFailed(opening.error());
    co_return false;
  }
  if (connects == m_connects) {
    m_letters.pop_front();
    if (item.seq > m_committed.seq) m_committed = {item.seq, item.messageId};
  }
  co_await follow(*opening);
  co_return true;
}

QCoro::Task<> Inbox::follow(vault::Opening opening) {
  if (opening.isNewConversation) {
    const auto fetched = co_await m_parts.conversations.fetch(opening.conversation);
    if (!fetched) qCInfo(lcMessenger) << "a conversation stays unknown for now:" << describe(fetched.error());
  }
  for (std::size_t i = 0; i < opening.changed.size(); ++i) {
    Q_EMIT messageChanged(opening.conversation, opening.changed[i]);
    if (i == 0 && opening.isNewMessage)
      Q_EMIT messageArrived(opening.conversation, opening.changed[i], opening.isFromOwnDevice);
  }
  if (opening.kind == vault::OpeningKind::Failed) {
    Q_EMIT letterFailed(opening.conversation, opening.cause);
    m_scope.spawn(askAgain());
  }
  if (opening.distrusted) Q_EMIT distrusted(*opening.distrusted);
  if (opening.deferredOf) reopenLater(*opening.deferredOf);
  if (opening.usedLastPreKey) Q_EMIT preKeysRunLow();
  if (opening.queuedWork) m_parts.outbox.wake();
  if (opening.wantsManifest) co_await fetchManifest(*opening.wantsManifest);
}

QCoro::Task<> Inbox::fetchManifest(UserId user) {
  const auto outcome = co_await m_parts.lists.refresh(user);
  if (!outcome) {
    m_wanted.insert(user);
    co_return;
  }
  m_wanted.erase(user);
  if (outcome->change == vault::ManifestChange::NewRoot || outcome->change == vault::ManifestChange::Refused) co_return;
  co_await reopenHeld(user);
  m_parts.outbox.wake();
}

QCoro::Task<> Inbox::askHeldSenders() {
  const auto held = co_await m_parts.vault.opener().heldSenders();
  std::set<UserId> users = m_wanted;
  if (held) users.insert(held->begin(), held->end());
  for (const UserId &user : users) {
    if (m_isStopping) co_return;
    co_await fetchManifest(user);
  }
}

// A relay that came back from a backup counts again from where it was.
QCoro::Task<> Inbox::rewind(qint64 acked) {
  const auto wasSetBack = co_await m_parts.vault.opener().rewind(acked);
  if (!wasSetBack) {
    qCWarning(lcMessenger) << "the mailbox cursor cannot be moved:" << describe(wasSetBack.error());
  } else if (*wasSetBack) {
    qCWarning(lcMessenger) << "the mailbox goes on before what was taken from it: the relay was set back";
  }
}

QCoro::Task<> Inbox::recover() {
  qCWarning(lcMessenger) << "this profile is older than what the relay saw of it: starting new sessions";
  const auto done = co_await m_parts.vault.recoverFromRollback();
  if (!done) qCWarning(lcMessenger) << "recovery did not work:" << describe(done.error());
  Q_EMIT preKeysRunLow();
}

QCoro::Task<> Inbox::poll() {
  const int connects = m_connects;
  const model::MailCursor asked = m_committed;
  wire::MailAck after;  // without a letter to name: from the oldest on
  if (asked.letter) after = {asked.seq, asked.letter};
  const auto page = co_await m_parts.access.api().mail(after, kPollPage);
  if (!page || page->messages.isEmpty() || m_isStopping || connects != m_connects) co_return;
  if (page->messages.front().seq <= asked.seq) co_return m_parts.connection.doubt("the relay was set back");
  const qint64 last = m_letters.empty() ? m_committed.seq : m_letters.back().seq;
  for (const wire::MailItem &item : page->messages)
    if (item.seq > last) m_letters.push_back(item);
  m_pause.wake();
}

QCoro::Task<> Inbox::askAgain() {
  const auto wait = co_await m_parts.vault.opener().askAgain();
  m_parts.outbox.wake();
  if (!wait || !wait->has_value() || m_isStopping || m_willAskAgain) co_return;
  m_willAskAgain = true;
  m_parts.clock.callAfter(**wait, this, [this] {
    m_willAskAgain = false;
    if (!m_isStopping) m_scope.spawn(askAgain());
  });
}

void Inbox::reopenLater(UserId user) {
  if (!m_deferred.insert(user).second) return;
  m_parts.clock.callAfter(vault::kDeferral, this, [this, user] {
    m_deferred.erase(user);
    if (!m_isStopping) m_scope.spawn(reopenHeld(user));
  });
}

void Inbox::acknowledge() {
  if (m_committed.seq <= m_acknowledged || !m_parts.connection.isOnline()) return;
  const wire::MailAck ack{m_committed.seq, m_committed.letter};
  if (m_parts.connection.tell(wire::events::kMailAck, ack.toJson())) m_acknowledged = m_committed.seq;
}

void Inbox::schedulePoll() {
  m_parts.clock.callAfter(kPollEvery, this, [this] {
    if (m_isStopping) return;
    if (m_parts.connection.isOnline()) m_scope.spawn(poll());
    schedulePoll();
  });
}

}  // namespace gx::messenger
