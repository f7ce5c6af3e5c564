// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <chrono>
#include <optional>
#include <vector>

#include "core/base/async.h"
#include "core/crypto/session.h"
#include "core/model/device_address.h"
#include "core/model/mail_cursor.h"
#include "core/vault/message_ref.h"

namespace gx::vault {

class VaultThread;

// One letter of the mailbox.
struct Incoming {
  qint64 seq = 0;
  MessageId messageId;
  ConversationId conversation;
  model::DeviceAddress sender;
  crypto::Ciphertext ciphertext;
  WallTime serverTime{};
};

enum class OpeningKind {
  Applied,    // opened, and its effects are saved
  Duplicate,  // seen before: only the cursor moved
  Held,       // its device is not in the pinned manifest: kept sealed until reopenHeld()
  Failed,     // kept in quarantine with `cause`; a repetition was asked for where that helps
  Discarded,  // not kept: its device was taken off its account, or too many of it lie here already
};

// What became of a letter; all of it is on disk.
struct Opening {
  OpeningKind kind = OpeningKind::Failed;
  qint64 seq = 0;
  ConversationId conversation;
  std::vector<MessageRef> changed{};      // lines to show anew, the new one first
  bool isNewMessage = false;              // changed[0] is a new line
  bool isFromOwnDevice = false;           // sync copy, or what was read on another own device
  bool isNewConversation = false;         // its facts must be fetched (Archive::upsert)
  std::optional<UserId> wantsManifest{};  // fetch this account's manifest, apply it, then reopenHeld(user)
  std::optional<UserId> deferredOf{};     // this account used up its time: reopenHeld(user) after kDeferral
  std::optional<UserId> distrusted{};     // named another history of its own devices: nothing is sent until accepted
  bool queuedWork = false;                // receipts, retry request or an answer to one: look at OutboxJournal::work()
  bool usedLastPreKey = false;            // refill prekeys
  QByteArray cause{};                     // of Failed: a code of core/crypto/session.h or of codes below
};

// How long the letters of a sender wait that costs too much.
inline constexpr std::chrono::milliseconds kDeferral = std::chrono::seconds(30);
// So many letters of one sending device are kept unopened; what comes beyond is discarded.
inline constexpr int kMaxKeptLetters = 200;

// Opens letters: transaction R of SECURITY.md 3g. Seen-check, decrypt, checks M1-M4, effects, receipt and cursor in one
// commit; only then may the letter be acknowledged. Main thread.
class MessageOpener final {
 public:
  explicit MessageOpener(VaultThread &thread) : m_thread(thread) {}

  // The last committed letter of the mailbox.
  [[nodiscard]] Async<model::MailCursor> cursor();
  // The relay goes on after `acked`. True when that is before our cursor, which goes back to it: the relay was set
  // back, and all that it has is looked at anew.
  [[nodiscard]] Async<bool> rewind(qint64 acked);
  // Letters in order of seq; one whose id was seen is a Duplicate. An Error means the store failed: nothing was
  // taken, do not acknowledge.
  [[nodiscard]] Async<Opening> open(Incoming letter);

  // Accounts whose letters wait for a manifest.
  [[nodiscard]] Async<std::vector<UserId>> heldSenders();
  // Opens what waits of `user`, in order, after its manifest came, the user decided, or kDeferral passed. Letters of
  // devices that its list has removed are discarded.
  [[nodiscard]] Async<std::vector<Opening>> reopenHeld(UserId user);

  // Asks once more for what did not open and was not repeated: at most 5 times a letter, 30 s apart and doubling. The
  // time until it should be called again, if anything waits.
  [[nodiscard]] Async<std::optional<std::chrono::milliseconds>> askAgain();

 private:
  VaultThread &m_thread;
};

namespace codes {
inline constexpr char kHeaderMismatch[] = "header_mismatch";  // inside differs from the envelope (M4)
inline constexpr char kBadContent[] = "bad_content";          // opened, but not well-formed
inline constexpr char kNewerContent[] = "newer_content";      // needs a newer version
inline constexpr char kNotParticipant[] = "not_participant";
inline constexpr char kSenderBusy[] = "sender_busy";        // Held: its account used up its time
inline constexpr char kDeviceRemoved[] = "device_removed";  // Discarded
inline constexpr char kTooManyKept[] = "too_many_kept";     // Discarded
}  // namespace codes

}  // namespace gx::vault
