// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/vault/manifest_pins.h"

#include <algorithm>

#include "core/crypto/fingerprint.h"
#include "core/crypto/signing.h"

namespace gx::vault {

namespace {

std::vector<DeviceId> listedOnlyIn(const curve::Manifest &in, const curve::Manifest &other) {
  std::vector<DeviceId> devices;
  for (const auto &listed : in.devices())
    if (!other.identityOf(listed.device)) devices.push_back(listed.device);
  return devices;
}

std::vector<curve::PublicKey> keysOf(const std::vector<curve::ManifestDevice> &devices) {
  std::vector<curve::PublicKey> keys;
  keys.reserve(devices.size());
  for (const auto &device : devices) keys.push_back(device.identityKey);
  return keys;
}

constexpr char kAnswerSetting[] = "linking.answer";
constexpr char kForkSetting[] = "manifest.fork.";  // and the user's id: what was named last

QString answerText(DeviceId device, const curve::PublicKey &identityKey) {
  return QString::number(device.value) + QLatin1Char(' ') + QString::fromLatin1(identityKey.bytes().toHex());
}

// The newest entry in [from, to), newest first, that adds `device`.
template <typename Iterator>
Iterator lastAdd(Iterator from, Iterator to, DeviceId device) {
  return std::find_if(from, to, [device](const curve::ManifestEntry &entry) {
    return entry.operation == curve::ManifestOperation::Add && entry.device == device;
  });
}

bool isStartOf(const curve::Manifest &part, const curve::Manifest &whole) {
  return part.entries().size() <= whole.entries().size() &&
         std::equal(part.entries().begin(), part.entries().end(), whole.entries().begin());
}

}  // namespace

Result<ManifestOutcome> ManifestPins::apply(UserId user, const std::vector<curve::ManifestEntry> &served) {
  auto known = m_room.manifests.pinned(user);
  if (!known) return fail(known.error());
  if (served.empty()) return ManifestOutcome{ManifestChange::Unchanged, known->version()};
  curve::Manifest next = *known;
  if (const auto advanced = next.advance(served); !advanced) return refuse(user, *known, served, advanced.error());
  if (const auto quiet = quietAlarm(user, served); !quiet) return fail(quiet.error());
  if (next.version() == known->version()) return ManifestOutcome{ManifestChange::Unchanged, known->version()};
  if (const auto pinnedNow = m_room.manifests.pin(next); !pinnedNow) return fail(pinnedNow.error());
  return ManifestOutcome{ManifestChange::Extended, next.version(), listedOnlyIn(next, *known),
                         listedOnlyIn(*known, next)};
}

// A whole chain that is sound in itself but not ours is kept for the user to decide about; all else is only an alarm.
Result<ManifestOutcome> ManifestPins::refuse(UserId user, const curve::Manifest &pinned,
                                             const std::vector<curve::ManifestEntry> &served, const Error &why) {
  ManifestOutcome outcome{ManifestChange::Refused, pinned.version()};
  outcome.reason = why.code.isEmpty() ? QByteArray(curve::kManifestBroken) : why.code;
  if (outcome.reason == curve::kManifestGap) return outcome;  // asked wrongly, or a page is missing: no alarm
  const auto other = curve::Manifest::verify(user, served);
  if (other && !pinned.isEmpty() && !isStartOf(*other, pinned)) {
    if (const auto kept = m_room.manifests.putCandidate(*other); !kept) return fail(kept.error());
    outcome.change = ManifestChange::NewRoot;
    outcome.reason = curve::kManifestNewRoot;
  }
  // A fork that is no sound chain is a fault of whoever served it; the alarm of that name is kept for noteFork().
  const QByteArray alarm = outcome.reason == curve::kManifestFork ? QByteArray(curve::kManifestBroken) : outcome.reason;
  if (!pinned.isEmpty())
    if (const auto raised = raiseAlarm(user, alarm); !raised) return fail(raised.error());
  return outcome;
}

Result<> ManifestPins::raiseAlarm(UserId user, const QByteArray &reason) {
  auto trust = m_room.manifests.trust(user);
  if (!trust) return fail(trust.error());
  trust->alarm = reason;
  return m_room.manifests.setTrust(user, *trust);
}

// The whole history came and agrees with ours: an alarm without another chain behind it was a fault on the way. Not so
// where the person's own device told of another list: the relay may go on showing us the one that we have.
Result<> ManifestPins::quietAlarm(UserId user, const std::vector<curve::ManifestEntry> &served) {
  auto trust = m_room.manifests.trust(user);
  if (!trust) return fail(trust.error());
  if (trust->alarm.isEmpty() || trust->alarm == curve::kManifestFork || served.front().version != 1) return {};
  const auto candidate = m_room.manifests.candidate(user);
  if (!candidate) return fail(candidate.error());
  if (*candidate) return {};
  trust->alarm.clear();
  return m_room.manifests.setTrust(user, *trust);
}

Result<PinnedManifest> ManifestPins::pinned(UserId user) {
  const auto manifest = m_room.manifests.pinned(user);
  if (!manifest) return fail(manifest.error());
  const auto trust = m_room.manifests.trust(user);
  if (!trust) return fail(trust.error());
  PinnedManifest result{user, manifest->version(), manifest->hash(), manifest->devices()};
  result.alarm = trust->alarm;
  if (!trust->alarm.isEmpty())
    result.trust = model::Trust::Broken;
  else if (trust->isVerified)
    result.trust = model::Trust::Verified;
  return result;
}

Result<curve::ManifestEntry> ManifestPins::signedEntry(curve::ManifestEntry entry) {
  const auto signature = crypto::sign(*m_room.context, m_room.identity, curve::signedBytes(entry));
  if (!signature) return fail(signature.error());
  entry.signature = *signature;
  return entry;
}

Result<curve::ManifestEntry> ManifestPins::makeEntry(curve::ManifestEntry draft) {
  const auto self = m_room.account.self();
  if (!self) return fail(self.error());
  auto chain = m_room.manifests.pinned(self->user);
  if (!chain) return fail(chain.error());
  draft.account = self->user;
  draft.version = chain->version() + 1;
  draft.previousHash = chain->hash();
  draft.createdAt = m_room.now();
  draft.byDevice = self->device;
  const auto entry = signedEntry(std::move(draft));
  if (!entry) return entry;
  if (const auto fits = chain->append(*entry); !fits) return fail(fits.error());
  return entry;
}

Result<curve::ManifestEntry> ManifestPins::makeNewRoot(const QByteArray &nameHash) {
  const auto self = m_room.account.self();
  if (!self) return fail(self.error());
  curve::ManifestEntry entry;
  entry.account = self->user;
  entry.version = 1;
  entry.previousHash = QByteArray(32, '\0');
  entry.device = self->device;
  entry.identityKey = m_room.identity.publicKey;
  entry.nameHash = nameHash;
  entry.createdAt = m_room.now();
  entry.byDevice = self->device;
  return signedEntry(std::move(entry));
}

Result<> ManifestPins::noteAnswer(DeviceId device, const curve::PublicKey &identityKey) {
  return m_room.settings.set(QLatin1String(kAnswerSetting), answerText(device, identityKey));
}

Result<bool> ManifestPins::isRightlyListed() {
  const auto self = m_room.account.self();
  if (!self) return fail(self.error());
  const auto chain = m_room.manifests.pinned(self->user);
  if (!chain) return fail(chain.error());
  const auto &entries = chain->entries();
  const auto entry = lastAdd(entries.rbegin(), entries.rend(), self->device);
  if (entry == entries.rend() || entry->identityKey != m_room.identity.publicKey) return false;
  if (entry->version == 1) return true;
  const auto by = lastAdd(std::next(entry), entries.rend(), entry->byDevice);
  const auto answered = m_room.settings.value(QLatin1String(kAnswerSetting));
  if (!answered) return fail(answered.error());
  return by != entries.rend() && *answered == answerText(by->device, by->identityKey);
}

Result<> ManifestPins::markVerified(UserId user, bool isVerified) {
  const auto devices = m_room.manifests.devices(user);
  if (!devices) return fail(devices.error());
  if (devices->empty()) return fail(ErrorKind::NotFound, "no device list");
  auto trust = m_room.manifests.trust(user);
  if (!trust) return fail(trust.error());
  if (!trust->alarm.isEmpty()) return fail(ErrorKind::Conflict, "trust is broken");
  trust->isVerified = isVerified;
  return m_room.manifests.setTrust(user, *trust);
}

Result<> ManifestPins::acceptNewRoot(UserId user) {
  const auto candidate = m_room.manifests.candidate(user);
  if (!candidate) return fail(candidate.error());
  if (!*candidate) return acceptFork(user);
  if (const auto pinnedNow = m_room.manifests.pin(**candidate); !pinnedNow) return pinnedNow;
  if (const auto dropped = m_room.manifests.dropCandidate(user); !dropped) return dropped;
  return m_room.manifests.setTrust(user, {});
}

// With the list that is pinned: there is no other one to be had.
Result<> ManifestPins::acceptFork(UserId user) {
  const auto trust = m_room.manifests.trust(user);
  if (!trust) return fail(trust.error());
  if (trust->alarm != curve::kManifestFork) return fail(ErrorKind::NotFound, "no other device list to accept");
  return m_room.manifests.setTrust(user, {});
}

Result<bool> ManifestPins::noteFork(UserId user, const model::ManifestStamp &named) {
  const QString setting = QLatin1String(kForkSetting) + QString::fromLatin1(toText(user));
  const QString text = QString::number(named.version) + QLatin1Char(' ') + QString::fromLatin1(named.hash.toHex());
  const auto before = m_room.settings.value(setting);
  if (!before) return fail(before.error());
  if (*before == text) return false;
  if (const auto set = m_room.settings.set(setting, text); !set) return fail(set.error());
  const auto trust = m_room.manifests.trust(user);
  if (!trust) return fail(trust.error());
  if (!trust->alarm.isEmpty()) return true;
  if (const auto raised = raiseAlarm(user, curve::kManifestFork); !raised) return fail(raised.error());
  return true;
}

Result<std::set<DeviceId>> ManifestPins::removedDevices(UserId user) {
  std::set<DeviceId> gone;
  const auto trust = m_room.manifests.trust(user);
  if (!trust) return fail(trust.error());
  if (!trust->alarm.isEmpty()) return gone;
  const auto chain = m_room.manifests.pinned(user);
  if (!chain) return fail(chain.error());
  for (const auto &entry : chain->entries())
    if (!chain->identityOf(entry.device)) gone.insert(entry.device);
  return gone;
}

Result<model::SafetyNumber> ManifestPins::safetyNumber(UserId user) {
  const auto self = m_room.account.self();
  if (!self) return fail(self.error());
  const auto own = m_room.manifests.devices(self->user);
  if (!own) return fail(own.error());
  const auto theirs = m_room.manifests.devices(user);
  if (!theirs) return fail(theirs.error());
  if (own->empty() || theirs->empty()) return fail(ErrorKind::NotFound, "no device list");
  const crypto::FingerprintParty local{self->user, keysOf(*own)};
  const crypto::FingerprintParty remote{user, keysOf(*theirs)};
  return crypto::safetyNumber(*m_room.context, local, remote);
}

Result<bool> ManifestPins::contradicts(UserId user, quint64 version, const QByteArray &hash) {
  const auto known = m_room.manifests.hashOf(user, version);
  if (!known) return fail(known.error());
  return *known && **known != hash;
}

}  // namespace gx::vault
