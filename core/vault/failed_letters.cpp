// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/vault/failed_letters.h"

#include <algorithm>

#include "core/vault/outbox_entries.h"
#include "core/vault/peer_chains.h"

namespace gx::vault {

using namespace std::chrono_literals;

namespace {

constexpr auto kFirstPause = 30s;
constexpr auto kRenewalPause = 30s;
constexpr auto kCrowdPause = 60s;  // until a sender is asked again who was asked for too many
constexpr std::size_t kAskedAtOnce = 20;

// Not where the same bytes would fail again: it was opened, and is wrong or newer than we are.
bool helpsToAsk(const QByteArray &cause) {
  return cause != codes::kNewerContent && cause != codes::kBadContent && cause != codes::kHeaderMismatch &&
         cause != codes::kNotParticipant && cause != crypto::codes::kUnknownVersion;
}

// What the relay cannot be made to hand over again stays without a line: it is forged or misrouted.
bool isShown(const QByteArray &cause) {
  return cause != codes::kHeaderMismatch && cause != codes::kNotParticipant && cause != codes::kBadContent;
}

}  // namespace

Result<Opening> FailedLetters::keep(const Incoming &letter, const QByteArray &cause) {
  Opening opening;
  opening.kind = OpeningKind::Failed;
  opening.seq = letter.seq;
  opening.conversation = letter.conversation;
  opening.cause = cause;
  if (const auto seen = m_room.received.addLetter(letter.messageId, m_room.now()); !seen) return fail(seen.error());
  const auto count = m_room.quarantine.countOf(letter.sender, codes::kSenderBusy);
  if (!count) return fail(count.error());
  if (*count >= kMaxKeptLetters) {
    opening.kind = OpeningKind::Discarded;
    return opening;
  }
  store::QuarantineRow row;
  row.letter = letter.messageId;
  row.seq = letter.seq;
  row.conversation = letter.conversation;
  row.sender = letter.sender;
  row.ciphertext = letter.ciphertext;
  row.serverTime = letter.serverTime;
  row.state = helpsToAsk(cause) ? store::QuarantineState::Waiting : store::QuarantineState::Kept;
  row.cause = cause;
  row.keptAt = m_room.now();
  if (isShown(cause))
    if (const auto placed = placeLine(letter, row, opening); !placed) return fail(placed.error());
  if (row.state == store::QuarantineState::Waiting) {
    const auto asked = ask(row);
    if (!asked) return fail(asked.error());
    opening.queuedWork = *asked;
  }
  if (const auto put = m_room.quarantine.put(row); !put) return fail(put.error());
  return opening;
}

Result<> FailedLetters::placeLine(const Incoming &letter, store::QuarantineRow &row, Opening &opening) {
  const auto hasFacts = m_room.conversations.hasFacts(letter.conversation);
  if (!hasFacts) return fail(hasFacts.error());
  opening.isNewConversation = !*hasFacts;
  if (const auto made = m_room.conversations.ensure(letter.conversation, m_room.now()); !made) return made;
  const auto place = PeerChains(m_room).reserve(letter.conversation, letter.sender);
  if (!place) return fail(place.error());
  row.expectedSequence = *place;
  opening.changed.push_back({letter.sender.user, ClientMessageId{letter.messageId.bytes}});
  return insertPlaceholder(row);
}

Result<bool> FailedLetters::ask(store::QuarantineRow &row) {
  if (!m_room.budgets.takeAsk(row.sender)) {
    row.nextTryAt = m_room.now() + kCrowdPause;
    return false;
  }
  if (const auto renewed = renewSession(row.sender); !renewed) return fail(renewed.error());
  row.nextTryAt = m_room.now() + kFirstPause * (1 << row.tries);
  ++row.tries;
  const auto queued =
      OutboxEntries(m_room).appendControl(row.conversation, model::RetryRequest{row.letter, std::nullopt});
  if (!queued) return fail(queued.error());
  return true;
}

// The next thing we send goes over a new session, so that the other side has one that works. Archived, not deleted.
Result<> FailedLetters::renewSession(const model::DeviceAddress &device) {
  const auto last = m_room.keys.renewedAt(device);
  if (!last) return fail(last.error());
  const WallTime now = m_room.now();
  if (*last && **last <= now && now - **last < kRenewalPause) return {};
  crypto::Session session(m_room.keyring(), device);
  const auto status = session.status();
  if (!status && status.error().code != crypto::codes::kSessionDamaged) return fail(status.error());
  if (!status)
    if (const auto away = m_room.keys.quarantineSession(device); !away) return away;
  if (status && status->exists)
    if (const auto archived = session.archive(); !archived) return archived;
  return m_room.keys.setRenewedAt(device, now);
}

Result<> FailedLetters::insertPlaceholder(const store::QuarantineRow &row) {
  const auto time =
      m_room.messages.placeInChain(row.conversation, row.sender.device, row.expectedSequence, toMillis(row.serverTime));
  if (!time) return fail(time.error());
  store::MessageRow line;
  line.message.id = ClientMessageId{row.letter.bytes};
  line.message.serverId = row.letter;
  line.message.conversation = row.conversation;
  line.message.sender = row.sender;
  line.message.kind = model::MessageKind::Waiting;
  line.message.state = model::MessageState::Delivered;
  line.message.sentAt = row.serverTime;
  line.message.serverTime = row.serverTime;
  line.chainSequence = row.expectedSequence;
  line.sortTime = *time;
  const auto inserted = m_room.messages.insert(line);
  if (!inserted) return fail(inserted.error());
  return m_room.conversations.touch(row.conversation, row.serverTime);
}

Result<std::optional<std::chrono::milliseconds>> FailedLetters::askAgain() {
  auto due = m_room.quarantine.due(m_room.now());
  if (!due) return fail(due.error());
  due->resize(std::min(due->size(), kAskedAtOnce));
  for (auto &row : *due) {
    if (row.tries >= kMaxTries)
      row.state = store::QuarantineState::Kept;
    else if (const auto asked = ask(row); !asked)
      return fail(asked.error());
    if (const auto put = m_room.quarantine.put(row); !put) return fail(put.error());
  }
  const auto next = m_room.quarantine.nextDue();
  if (!next) return fail(next.error());
  if (!*next) return std::nullopt;
  return std::max(std::chrono::milliseconds(0), **next - m_room.now());
}

}  // namespace gx::vault
