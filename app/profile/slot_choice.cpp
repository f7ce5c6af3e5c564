// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/profile/slot_choice.h"

#include <QFileInfo>
#include <algorithm>

#include "core/base/logging.h"
#include "core/secrets/private_file.h"

namespace gx::app {

using secrets::SlotKind;

namespace {
constexpr qint64 kMaxPrivateFile = 64 * 1024;
}

SlotChoice::SlotChoice(secrets::KeySlots &slots_, SlotPolicy policy) : m_slots(slots_), m_policy(std::move(policy)) {}

Async<OpenedKey> SlotChoice::open() {
  const auto kinds = m_slots.kinds();
  if (!kinds) co_return tl::unexpected(kinds.error());
  Error last{ErrorKind::Locked, "no slot of this profile opened", "no_slot_opened"};
  for (const SlotKind kind : {SlotKind::KeyFile, SlotKind::Keychain, SlotKind::Passphrase, SlotKind::RecoveryCode}) {
    if (std::find(kinds->begin(), kinds->end(), kind) == kinds->end()) continue;
    auto key = kind == SlotKind::Keychain ? co_await m_slots.openWithKeychain() : openByPerson(kind);
    if (key) {
      OpenedKey opened;
      opened.key = std::move(*key);
      opened.slot = kind;
      co_return opened;
    }
    if (key.error().kind == ErrorKind::Untrusted) last = key.error();
    qCInfo(lcApp) << "slot" << secrets::slotName(kind) << "does not open:" << describe(key.error());
  }
  co_return tl::unexpected(last);
}

Async<OpenedKey> SlotChoice::create() {
  auto key = m_slots.makeKey();
  if (!key) co_return tl::unexpected(key.error());
  SecretBytes copy = key->copy();
  const auto slot = co_await addBest(std::move(copy));
  if (!slot) co_return tl::unexpected(slot.error());
  OpenedKey opened;
  opened.key = std::move(*key);
  opened.slot = *slot;
  co_return opened;
}

Async<SlotKind> SlotChoice::addBest(SecretBytes key) {
  if (m_policy.passphraseFile.isEmpty()) {
    SecretBytes copy = key.copy();
    const auto kept = co_await m_slots.addKeychain(std::move(copy));
    if (kept) co_return SlotKind::Keychain;
    qCInfo(lcApp) << "no keychain:" << describe(kept.error());
  }
  if (!m_policy.passphraseFile.isEmpty() || m_policy.askPassphrase) {
    const auto typed = passphrase(true);
    if (!typed) co_return tl::unexpected(typed.error());
    const auto kept = m_slots.addPassphrase(key, *typed);
    if (!kept) co_return tl::unexpected(kept.error());
    co_return SlotKind::Passphrase;
  }
  if (!m_policy.mayMakeKeyFile)
    co_return fail(ErrorKind::Unavailable, "no keychain and no passphrase", "no_slot_possible");
  const auto kept = m_slots.addKeyFile(key);
  if (!kept) co_return tl::unexpected(kept.error());
  co_return SlotKind::KeyFile;
}

Result<SecretBytes> SlotChoice::passphrase(bool isNew) const {
  if (!m_policy.passphraseFile.isEmpty()) {
    auto text = readPrivateFile(m_policy.passphraseFile);
    if (!text) return tl::unexpected(text.error());
    if (text->isEmpty()) return fail(ErrorKind::Invalid, "the passphrase file is empty", "passphrase_empty");
    return SecretBytes::taking(*text);
  }
  if (!m_policy.askPassphrase) return fail(ErrorKind::Locked, "nobody to ask for the passphrase", "passphrase_needed");
  return m_policy.askPassphrase(isNew);
}

Result<SecretBytes> SlotChoice::openByPerson(SlotKind kind) const {
  if (kind == SlotKind::KeyFile) return m_slots.openWithKeyFile();
  if (kind == SlotKind::Passphrase) {
    const auto typed = passphrase(false);
    if (!typed) return tl::unexpected(typed.error());
    return m_slots.openWithPassphrase(*typed);
  }
  if (!m_policy.askRecoveryCode) return fail(ErrorKind::Locked, "nobody to ask for the recovery code", "code_needed");
  const auto code = m_policy.askRecoveryCode();
  if (!code) return tl::unexpected(code.error());
  return m_slots.openWithRecoveryCode(*code);
}

Result<QByteArray> readPrivateFile(const QString &path) {
  // A person may name a link here; the file it leads to is what must be private.
  const QString target = QFileInfo(path).canonicalFilePath();
  auto text = secrets::readPrivateFile(target.isEmpty() ? path : target, kMaxPrivateFile);
  if (!text) return text;
  while (text->endsWith('\n') || text->endsWith('\r')) text->chop(1);
  return text;
}

}  // namespace gx::app
