// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/secrets/slot_file.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>
#include <optional>

#include "core/base/bytes.h"
#include "core/crypto/key_wrap.h"
#include "core/secrets/private_file.h"

namespace gx::secrets {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kSlotFileVersion = 1;
constexpr qsizetype kMaxSlotFileSize = 16 * 1024;
constexpr qsizetype kProfileIdSize = 32;
constexpr SlotKind kAllKinds[] = {SlotKind::Keychain, SlotKind::Passphrase, SlotKind::RecoveryCode, SlotKind::KeyFile};

tl::unexpected<Error> damagedSlots(const char *detail) {
  return fail(ErrorKind::Corrupt, detail, "slots_damaged");
}

std::optional<SlotKind> kindOf(const QString &name) {
  for (const SlotKind kind : kAllKinds)
    if (slotName(kind) == name) return kind;
  return std::nullopt;
}

std::optional<QByteArray> bytesOf(const QJsonValue &value, qsizetype size) {
  const auto bytes = fromBase64(value.toString().toLatin1());
  return bytes && bytes->size() == size ? bytes : std::nullopt;
}

bool isProfileId(const QByteArray &id) {
  return id.size() == kProfileIdSize &&
         std::all_of(id.begin(), id.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

std::optional<Slot> readSlot(const QJsonObject &object) {
  const auto kind = kindOf(object.value("kind"_L1).toString());
  const auto wrapped = bytesOf(object.value("wrapped"_L1), crypto::kWrappedKeySize);
  const auto salt = bytesOf(object.value("salt"_L1), crypto::kPassphraseSaltSize);
  if (!kind || !wrapped || !salt) return std::nullopt;
  Slot slot{*kind, *wrapped, *salt};
  if (*kind == SlotKind::Passphrase) {
    const qint64 operations = object.value("operations"_L1).toInteger(-1);
    const qint64 memory = object.value("memory"_L1).toInteger(-1);
    if (operations < 0 || memory < 0) return std::nullopt;
    slot.cost = {static_cast<quint64>(operations), static_cast<quint64>(memory)};
  }
  return slot;
}

QJsonObject slotToJson(const Slot &slot) {
  QJsonObject object{{"kind"_L1, slotName(slot.kind)},
                     {"wrapped"_L1, QString::fromLatin1(toBase64(slot.wrapped))},
                     {"salt"_L1, QString::fromLatin1(toBase64(slot.salt))}};
  if (slot.kind == SlotKind::Passphrase) {
    object.insert("operations"_L1, static_cast<qint64>(slot.cost.operations));
    object.insert("memory"_L1, static_cast<qint64>(slot.cost.memoryBytes));
  }
  return object;
}

Result<SlotFile> parseSlotFile(const QByteArray &text) {
  const QJsonDocument document = QJsonDocument::fromJson(text);
  if (!document.isObject()) return damagedSlots("not a JSON object");
  const QJsonObject object = document.object();
  const qint64 version = object.value("version"_L1).toInteger(0);
  if (version > kSlotFileVersion) return fail(ErrorKind::Unsupported, "slots.json is newer", "slots_newer");
  if (version != kSlotFileVersion) return damagedSlots("no version");
  SlotFile file{object.value("profile"_L1).toString().toLatin1()};
  if (!isProfileId(file.profile)) return damagedSlots("no profile id");
  const QJsonArray entries = object.value("slots"_L1).toArray();
  if (entries.isEmpty()) return damagedSlots("no slots");
  for (const auto &entry : entries) {
    const std::optional<Slot> slot = readSlot(entry.toObject());
    if (!slot || file.find(slot->kind)) return damagedSlots("slot malformed or twice");
    file.entries.push_back(*slot);
  }
  return file;
}

}  // namespace

QString slotName(SlotKind kind) {
  switch (kind) {
    case SlotKind::Keychain:
      return u"keychain"_s;
    case SlotKind::Passphrase:
      return u"passphrase"_s;
    case SlotKind::RecoveryCode:
      return u"recovery_code"_s;
    case SlotKind::KeyFile:
      return u"key_file"_s;
  }
  return {};
}

const Slot *SlotFile::find(SlotKind kind) const {
  const auto found =
      std::find_if(entries.begin(), entries.end(), [kind](const Slot &slot) { return slot.kind == kind; });
  return found == entries.end() ? nullptr : &*found;
}

Result<SlotFile> readSlotFile(const QString &path) {
  const Result<QByteArray> text = readPrivateFile(path, kMaxSlotFileSize);
  if (!text && text.error().kind == ErrorKind::TooLarge) return damagedSlots("slots.json too large");
  return text.and_then(parseSlotFile);
}

Result<> writeSlotFile(const QString &path, const SlotFile &file) {
  QJsonArray entries;
  for (const Slot &slot : file.entries) entries.append(slotToJson(slot));
  const QJsonObject object{
      {"version"_L1, kSlotFileVersion}, {"profile"_L1, QString::fromLatin1(file.profile)}, {"slots"_L1, entries}};
  return writePrivateFile(path, QJsonDocument(object).toJson());
}

}  // namespace gx::secrets
