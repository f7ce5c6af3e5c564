// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/vault/letter_opening.h"

#include "core/base/crash_point.h"
#include "core/base/logging.h"
#include "core/model/plaintext_codec.h"
#include "core/store/transaction.h"
#include "core/vault/content_effects.h"
#include "core/vault/failed_letters.h"
#include "core/vault/manifest_pins.h"
#include "core/vault/peer_chains.h"

namespace gx::vault {

namespace {

bool isReplay(const QByteArray &code) {
  return code == crypto::codes::kDuplicateMessage || code == crypto::codes::kReplayedBaseKey;
}

// Failures of the store are not the letter's fault: they end the job, and the letter comes again. All else is, or one
// letter could stop the mailbox for good.
bool isFaultOfLetter(const Error &error) {
  return error.kind != ErrorKind::Storage && error.kind != ErrorKind::Full && error.kind != ErrorKind::Locked &&
         !error.code.startsWith("store_");
}

bool isReceiptWorthy(const model::Content &content) {
  return !std::holds_alternative<model::Receipt>(content) && !std::holds_alternative<model::RetryRequest>(content) &&
         !std::holds_alternative<model::SessionReset>(content);
}

Opening openingOf(OpeningKind kind, const Incoming &letter) {
  Opening opening;
  opening.kind = kind;
  opening.seq = letter.seq;
  opening.conversation = letter.conversation;
  return opening;
}

}  // namespace

Result<Opening> LetterOpening::open(const Incoming &letter) {
  const auto cursor = m_room.account.mailCursor();
  if (!cursor) return fail(cursor.error());
  if (letter.seq > cursor->seq)
    if (const auto moved = m_room.account.setMailCursor({letter.seq, letter.messageId}); !moved)
      return fail(moved.error());
  // The id decides: a relay that was set back gives new letters a seq that we have seen.
  const auto isSeen = m_room.received.hasLetter(letter.messageId);
  if (!isSeen) return fail(isSeen.error());
  if (*isSeen) return openingOf(OpeningKind::Duplicate, letter);
  const auto kept = m_room.quarantine.letter(letter.messageId);
  if (!kept) return fail(kept.error());
  if (*kept && letter.seq <= cursor->seq) return openingOf(OpeningKind::Duplicate, letter);
  return process(letter);
}

Result<std::vector<Opening>> LetterOpening::reopenHeld(UserId user) {
  const auto held = m_room.quarantine.heldOf(user);
  if (!held) return fail(held.error());
  if (held->empty()) return std::vector<Opening>();
  const auto gone = ManifestPins(m_room).removedDevices(user);
  if (!gone) return fail(gone.error());
  std::vector<Opening> openings;
  int discarded = 0;
  for (const auto &row : *held) {
    if (const auto removed = m_room.quarantine.remove(row.letter); !removed) return fail(removed.error());
    const Incoming letter{row.seq, row.letter, row.conversation, row.sender, row.ciphertext, row.serverTime};
    const bool isGone = gone->contains(row.sender.device);
    auto opening = isGone ? discard(letter, codes::kDeviceRemoved) : process(letter);
    if (!opening) return fail(opening.error());
    if (isGone) ++discarded;
    openings.push_back(std::move(*opening));
  }
  if (discarded > 0) qCInfo(lcVault) << discarded << "letters of a removed device are discarded:" << shortId(user);
  return openings;
}

Result<Opening> LetterOpening::process(const Incoming &letter) {
  const auto identity = m_room.keys.trustedIdentity(letter.sender);
  if (!identity) return fail(identity.error());
  if (!*identity) return hold(letter, crypto::codes::kUntrustedIdentity);
  if (!m_room.budgets.mayOpen(letter.sender.user)) return defer(letter);
  store::Savepoint savepoint(*m_room.database);
  if (!savepoint.began()) return fail(savepoint.began().error());
  Opening opening = openingOf(OpeningKind::Applied, letter);
  const SteadyTime begun = m_room.clock.steadyNow();
  const auto plaintext = decrypt(letter, opening);
  m_room.budgets.charge(letter.sender.user, m_room.clock.steadyNow() - begun);
  if (!plaintext) {
    if (!isFaultOfLetter(plaintext.error())) return fail(plaintext.error());
    if (const auto undone = savepoint.undo(); !undone) return fail(undone.error());
    return refuse(letter, plaintext.error());
  }
  if (const auto kept = savepoint.keep(); !kept) return fail(kept.error());
  return take(letter, *plaintext, std::move(opening));
}

Result<Opening> LetterOpening::hold(const Incoming &letter, const QByteArray &cause) {
  // What was deferred is neither counted nor discarded: it waits for us, not for a list.
  const auto count = m_room.quarantine.countOf(letter.sender, codes::kSenderBusy);
  if (!count) return fail(count.error());
  if (*count >= kMaxKeptLetters && cause != codes::kSenderBusy) {
    qCWarning(lcVault) << *count << "letters of a device wait unopened: one more is discarded"
                       << shortId(letter.sender.user);
    return discard(letter, codes::kTooManyKept);
  }
  store::QuarantineRow row;
  row.letter = letter.messageId;
  row.seq = letter.seq;
  row.conversation = letter.conversation;
  row.sender = letter.sender;
  row.ciphertext = letter.ciphertext;
  row.serverTime = letter.serverTime;
  row.cause = cause;
  row.keptAt = m_room.now();
  if (const auto put = m_room.quarantine.put(row); !put) return fail(put.error());
  Opening opening = openingOf(OpeningKind::Held, letter);
  opening.wantsManifest = letter.sender.user;
  opening.cause = cause;
  return opening;
}

Result<Opening> LetterOpening::defer(const Incoming &letter) {
  auto opening = hold(letter, codes::kSenderBusy);
  if (!opening) return opening;
  qCWarning(lcVault) << "letters of an account take too long to open and wait:" << shortId(letter.sender.user);
  opening->wantsManifest.reset();
  opening->deferredOf = letter.sender.user;
  return opening;
}

Result<Opening> LetterOpening::discard(const Incoming &letter, const QByteArray &cause) {
  if (const auto seen = m_room.received.addLetter(letter.messageId, m_room.now()); !seen) return fail(seen.error());
  Opening opening = openingOf(OpeningKind::Discarded, letter);
  opening.cause = cause;
  return opening;
}

Result<Opening> LetterOpening::refuse(const Incoming &letter, const Error &why) {
  if (why.code == crypto::codes::kUntrustedIdentity) return hold(letter, why.code);
  if (isReplay(why.code)) {
    qCInfo(lcVault) << "a letter came again under another id:" << why.code << shortId(letter.messageId);
    if (const auto seen = m_room.received.addLetter(letter.messageId, m_room.now()); !seen) return fail(seen.error());
    Opening opening = openingOf(OpeningKind::Duplicate, letter);
    opening.cause = why.code;
    return opening;
  }
  qCWarning(lcVault) << "a letter did not open:" << describe(why) << shortId(letter.messageId);
  return FailedLetters(m_room).keep(letter, why.code.isEmpty() ? QByteArray(name(why.kind)) : why.code);
}

Result<model::Plaintext> LetterOpening::decrypt(const Incoming &letter, Opening &opening) {
  crypto::Session session(m_room.keyring(), letter.sender);
  const auto opened = session.decrypt(letter.ciphertext);
  crashPoint("C11");
  if (!opened) return fail(opened.error());
  opening.usedLastPreKey = opened->usedLastPreKey;
  const auto plaintext = model::decodePlaintext(opened->plaintext);
  if (!plaintext && plaintext.error().kind == ErrorKind::Unsupported)
    return fail(ErrorKind::Unsupported, plaintext.error().detail, codes::kNewerContent);
  if (!plaintext) return fail(ErrorKind::Invalid, plaintext.error().detail, codes::kBadContent);
  if (const auto same = checkHeader(letter, plaintext->header); !same) return fail(same.error());
  if (const auto fits = checkStamps(plaintext->header, opening); !fits) return fail(fits.error());
  return plaintext;
}

// The library's MAC binds only the identity keys (M4): who, to whom and where stands inside and must be what the relay
// says.
Result<> LetterOpening::checkHeader(const Incoming &letter, const model::ContentHeader &header) {
  const auto self = m_room.account.self();
  if (!self) return fail(self.error());
  if (header.sender != letter.sender || header.recipient != *self || header.conversation != letter.conversation)
    return fail(ErrorKind::Untrusted, "header and envelope differ", codes::kHeaderMismatch);
  const auto hasFacts = m_room.conversations.hasFacts(letter.conversation);
  if (!hasFacts) return fail(hasFacts.error());
  if (!*hasFacts || header.sender.user == self->user) return {};
  const auto takesPart = m_room.conversations.isParticipant(letter.conversation, header.sender.user);
  if (!takesPart) return fail(takesPart.error());
  if (!*takesPart) return fail(ErrorKind::Untrusted, "sender takes no part", codes::kNotParticipant);
  return {};
}

// Who signs for its devices says that the relay shows us another list of them: nothing more goes out until the user
// decides. Of our own account the user cannot decide, so that it is only logged.
Result<> LetterOpening::noteFork(const model::ContentHeader &header, Opening &opening) {
  const UserId sender = header.sender.user;
  opening.wantsManifest = sender;
  const auto self = m_room.account.self();
  if (!self) return fail(self.error());
  const auto isNews =
      sender == self->user ? Result<bool>(true) : ManifestPins(m_room).noteFork(sender, header.senderManifest);
  if (!isNews) return fail(isNews.error());
  if (!*isNews) return {};
  qCWarning(lcVault) << "a sender names another history of its own devices:" << shortId(sender);
  if (sender != self->user) opening.distrusted = sender;
  return {};
}

// A newer list than ours is fetched. The sender's own list under another hash: somebody sees two histories of it.
Result<> LetterOpening::checkStamps(const model::ContentHeader &header, Opening &opening) {
  ManifestPins pins(m_room);
  const auto known = m_room.manifests.version(header.sender.user);
  if (!known) return fail(known.error());
  if (header.senderManifest.version > *known) opening.wantsManifest = header.sender.user;
  const auto forked = pins.contradicts(header.sender.user, header.senderManifest.version, header.senderManifest.hash);
  if (!forked) return fail(forked.error());
  if (*forked)
    if (const auto noted = noteFork(header, opening); !noted) return noted;
  const auto own =
      pins.contradicts(header.recipient.user, header.recipientManifest.version, header.recipientManifest.hash);
  if (!own) return fail(own.error());
  if (*own) {  // the sender may lie, so this is a hint and breaks nothing
    qCWarning(lcVault) << "a sender was shown another history of our devices:" << shortId(header.sender.user);
    opening.wantsManifest = header.recipient.user;
  }
  return {};
}

Result<Opening> LetterOpening::take(const Incoming &letter, const model::Plaintext &plaintext, Opening opening) {
  const auto self = m_room.account.self();
  if (!self) return fail(self.error());
  if (const auto seen = m_room.received.addLetter(letter.messageId, m_room.now()); !seen) return fail(seen.error());
  const auto isNew = m_room.received.addContent(letter.sender, plaintext.header.id, m_room.now());
  if (!isNew) return fail(isNew.error());
  opening.isFromOwnDevice = letter.sender.user == self->user;
  if (!*isNew) {
    opening.kind = OpeningKind::Duplicate;
    return opening;
  }
  const auto hasFacts = m_room.conversations.hasFacts(letter.conversation);
  if (!hasFacts) return fail(hasFacts.error());
  opening.isNewConversation = !*hasFacts;
  if (const auto made = m_room.conversations.ensure(letter.conversation, m_room.now()); !made)
    return fail(made.error());
  const auto replaced = PeerChains(m_room).advance(plaintext.header);
  if (!replaced) return fail(replaced.error());
  ContentEffects effects(m_room, letter, opening);
  if (const auto applied = effects.apply(plaintext, *replaced); !applied) return fail(applied.error());
  if (!opening.isFromOwnDevice && isReceiptWorthy(plaintext.content)) {
    const store::PendingReceipt receipt{letter.sender.user, plaintext.header.id, false, m_room.now()};
    if (const auto put = m_room.receiptQueue.put(letter.conversation, receipt); !put) return fail(put.error());
    opening.queuedWork = true;
  }
  return opening;
}

}  // namespace gx::vault
