// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/secrets/key_slots.h"

#include <QFileInfo>
#include <algorithm>

#include "core/crypto/hkdf.h"
#include "core/crypto/key_wrap.h"
#include "core/secrets/private_file.h"
#include "core/secrets/recovery_code.h"

namespace gx::secrets {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kDatabaseKeySize = 32;

// What a wrapped key is bound to: its kind and its profile.
QByteArray purposeOf(SlotKind kind, const QByteArray &profile) {
  return "gx-slot-1:" + slotName(kind).toLatin1() + ':' + profile;
}

QString secretName(const QByteArray &profile, const Slot &slot) {
  return u"profile-"_s + QString::fromLatin1(profile) + u'-' + QString::fromLatin1(slot.salt.toHex());
}

Result<SecretBytes> keyOfCode(const SecretBytes &code, const Slot &slot) {
  return crypto::hkdf(code, slot.salt, "gx-recovery-1", crypto::kWrapKeySize);
}

Error withCode(Error error, const char *code) {
  if (error.code.isEmpty()) error.code = code;
  return error;
}

Result<SecretBytes> unwrapped(const Slot &slot, const SecretBytes &with, const QByteArray &profile) {
  return crypto::unwrapKey(slot.wrapped, with, purposeOf(slot.kind, profile)).map_error([](Error error) {
    return withCode(std::move(error), "slot_does_not_open");
  });
}

}  // namespace

KeySlots::KeySlots(QString folder, SecretStore &keychain, Random &random)
    : m_folder(std::move(folder)), m_keychain(keychain), m_random(random) {}

Result<std::vector<SlotKind>> KeySlots::kinds() const {
  const Result<SlotFile> file = readSlotFile(path(kSlotFileName));
  if (!file) return tl::unexpected(file.error());
  std::vector<SlotKind> kinds;
  for (const Slot &slot : file->entries) kinds.push_back(slot.kind);
  std::sort(kinds.begin(), kinds.end());
  return kinds;
}

Result<SecretBytes> KeySlots::makeKey() {
  for (const char *name : {kSlotFileName, kDatabaseName}) {
    const QFileInfo file(path(name));
    if (file.exists() || file.isSymLink()) return fail(ErrorKind::Conflict, "the profile has a key", "profile_exists");
  }
  SecretBytes key(kDatabaseKeySize);
  m_random.fill(std::as_writable_bytes(std::span(key.data(), static_cast<std::size_t>(kDatabaseKeySize))));
  return key;
}

Async<> KeySlots::addKeychain(SecretBytes key) {
  const Result<SlotFile> file = fileOrNew();
  if (!file) co_return tl::unexpected(file.error());
  SecretBytes with(crypto::kWrapKeySize);
  m_random.fill(std::as_writable_bytes(std::span(with.data(), static_cast<std::size_t>(with.size()))));
  const Result<Slot> slot = wrap({SlotKind::Keychain, key, with, file->profile});
  if (!slot) co_return tl::unexpected(slot.error());
  // The new secret has a name of its own: until slots.json names it, the old one still opens (crash point C23).
  const Result<> kept = co_await m_keychain.write(secretName(file->profile, *slot), std::move(with));
  if (!kept) co_return kept;
  const Result<> saved = put(*file, *slot);
  if (!saved) co_return saved;
  const Slot *old = file->find(SlotKind::Keychain);
  if (!old) co_return Result<>();
  co_return co_await m_keychain.remove(secretName(file->profile, *old));
}

Result<> KeySlots::addPassphrase(const SecretBytes &key, const SecretBytes &passphrase,
                                 const crypto::PassphraseCost &cost) {
  if (passphrase.isEmpty()) return fail(ErrorKind::Invalid, "empty passphrase", "passphrase_empty");
  const Result<SlotFile> file = fileOrNew();
  if (!file) return tl::unexpected(file.error());
  const QByteArray salt = m_random.bytes(crypto::kPassphraseSaltSize);
  const Result<SecretBytes> with = crypto::passphraseKey(passphrase, salt, cost);
  if (!with) return tl::unexpected(with.error());
  Result<Slot> slot = wrap({SlotKind::Passphrase, key, *with, file->profile, salt});
  if (!slot) return tl::unexpected(slot.error());
  slot->cost = cost;
  return put(*file, *slot);
}

Result<QString> KeySlots::addRecoveryCode(const SecretBytes &key) {
  const Result<SlotFile> file = fileOrNew();
  if (!file) return tl::unexpected(file.error());
  QString code = makeRecoveryCode(m_random);
  const Result<SecretBytes> bytes = parseRecoveryCode(code);
  if (!bytes) return tl::unexpected(bytes.error());
  Slot salted{SlotKind::RecoveryCode, {}, m_random.bytes(crypto::kPassphraseSaltSize)};
  const Result<SecretBytes> with = keyOfCode(*bytes, salted);
  if (!with) return tl::unexpected(with.error());
  const Result<Slot> slot = wrap({SlotKind::RecoveryCode, key, *with, file->profile, salted.salt});
  if (!slot) return tl::unexpected(slot.error());
  return put(*file, *slot).map([&code] { return code; });
}

Result<> KeySlots::addKeyFile(const SecretBytes &key) {
  const Result<SlotFile> file = fileOrNew();
  if (!file) return tl::unexpected(file.error());
  Result<SecretBytes> with =
      readKeyFile();  // one that is there is used again: a crash between two files breaks nothing
  if (!with && with.error().kind != ErrorKind::NotFound) return tl::unexpected(with.error());
  if (!with) {
    with = SecretBytes(crypto::kWrapKeySize);
    m_random.fill(std::as_writable_bytes(std::span(with->data(), static_cast<std::size_t>(with->size()))));
    const Result<> written = writePrivateFile(path(kKeyFileName), with->view());
    if (!written) return written;
  }
  const Result<Slot> slot = wrap({SlotKind::KeyFile, key, *with, file->profile});
  if (!slot) return tl::unexpected(slot.error());
  return put(*file, *slot);
}

Async<SecretBytes> KeySlots::openWithKeychain() {
  const Result<SlotFile> file = readSlotFile(path(kSlotFileName));
  if (!file) co_return tl::unexpected(file.error());
  const Slot *slot = file->find(SlotKind::Keychain);
  if (!slot) co_return noSlot();
  const Result<SecretBytes> with = co_await m_keychain.read(secretName(file->profile, *slot));
  if (!with) co_return tl::unexpected(withCode(with.error(), "keychain_silent"));
  co_return unwrapped(*slot, *with, file->profile);
}

Result<SecretBytes> KeySlots::openWithPassphrase(const SecretBytes &passphrase) const {
  const Result<SlotFile> file = readSlotFile(path(kSlotFileName));
  if (!file) return tl::unexpected(file.error());
  const Slot *slot = file->find(SlotKind::Passphrase);
  if (!slot) return noSlot();
  const Result<SecretBytes> with = crypto::passphraseKey(passphrase, slot->salt, slot->cost);
  if (!with) return tl::unexpected(with.error());
  return unwrapped(*slot, *with, file->profile);
}

Result<SecretBytes> KeySlots::openWithRecoveryCode(const QString &code) const {
  const Result<SlotFile> file = readSlotFile(path(kSlotFileName));
  if (!file) return tl::unexpected(file.error());
  const Slot *slot = file->find(SlotKind::RecoveryCode);
  if (!slot) return noSlot();
  const Result<SecretBytes> bytes = parseRecoveryCode(code);
  if (!bytes) return tl::unexpected(bytes.error());
  const Result<SecretBytes> with = keyOfCode(*bytes, *slot);
  if (!with) return tl::unexpected(with.error());
  return unwrapped(*slot, *with, file->profile);
}

Result<SecretBytes> KeySlots::openWithKeyFile() const {
  const Result<SlotFile> file = readSlotFile(path(kSlotFileName));
  if (!file) return tl::unexpected(file.error());
  const Slot *slot = file->find(SlotKind::KeyFile);
  if (!slot) return noSlot();
  const Result<SecretBytes> with = readKeyFile();
  if (!with) return tl::unexpected(with.error());
  return unwrapped(*slot, *with, file->profile);
}

Async<> KeySlots::remove(SlotKind kind) {
  const Result<SlotFile> file = readSlotFile(path(kSlotFileName));
  if (!file) co_return tl::unexpected(file.error());
  const Slot *slot = file->find(kind);
  if (!slot) co_return noSlot();
  if (file->entries.size() == 1) co_return fail(ErrorKind::Conflict, "the last way to the key", "last_slot");
  SlotFile rest = *file;
  std::erase_if(rest.entries, [kind](const Slot &other) { return other.kind == kind; });
  const Result<> saved = writeSlotFile(path(kSlotFileName), rest);
  if (!saved) co_return saved;
  if (kind == SlotKind::KeyFile) co_return removePrivateFile(path(kKeyFileName));
  if (kind == SlotKind::Keychain) co_return co_await m_keychain.remove(secretName(file->profile, *slot));
  co_return Result<>();
}

Async<> KeySlots::eraseAll() {
  const Result<SlotFile> file = readSlotFile(path(kSlotFileName));
  Result<> outside;
  const Slot *slot = file ? file->find(SlotKind::Keychain) : nullptr;
  if (slot) outside = co_await m_keychain.remove(secretName(file->profile, *slot));
  for (const char *name : {kKeyFileName, kSlotFileName}) {
    const Result<> removed = removePrivateFile(path(name));
    if (!removed) co_return removed;
  }
  co_return outside;  // its secret opens nothing any more
}

QString KeySlots::path(const char *name) const {
  return m_folder + u'/' + QString::fromLatin1(name);
}

Result<SlotFile> KeySlots::fileOrNew() const {
  Result<SlotFile> file = readSlotFile(path(kSlotFileName));
  if (!file && file.error().kind == ErrorKind::NotFound) return SlotFile{m_random.bytes(16).toHex()};
  return file;
}

Result<SecretBytes> KeySlots::readKeyFile() const {
  Result<QByteArray> bytes = readPrivateFile(path(kKeyFileName), crypto::kWrapKeySize);
  if (!bytes) return tl::unexpected(withCode(bytes.error(), "key_file_unreadable"));
  if (bytes->size() != crypto::kWrapKeySize)
    return fail(ErrorKind::Corrupt, "key file of wrong size", "key_file_damaged");
  return SecretBytes::taking(*bytes);
}

Result<Slot> KeySlots::wrap(const Wrapping &wrapping) {
  const auto wrapped =
      crypto::wrapKey(wrapping.key, wrapping.with, purposeOf(wrapping.kind, wrapping.profile), m_random);
  if (!wrapped) return tl::unexpected(wrapped.error());
  QByteArray salt = wrapping.salt.isEmpty() ? m_random.bytes(crypto::kPassphraseSaltSize) : wrapping.salt;
  return Slot{wrapping.kind, *wrapped, std::move(salt)};
}

Result<> KeySlots::put(SlotFile file, const Slot &slot) {
  std::erase_if(file.entries, [&slot](const Slot &other) { return other.kind == slot.kind; });
  file.entries.push_back(slot);
  return writeSlotFile(path(kSlotFileName), file);
}

tl::unexpected<Error> KeySlots::noSlot() {
  return fail(ErrorKind::NotFound, "the profile has no such slot", "no_such_slot");
}

}  // namespace gx::secrets
