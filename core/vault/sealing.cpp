// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/vault/sealing.h"

#include <algorithm>

#include "core/base/crash_point.h"
#include "core/model/content_codec.h"
#include "core/model/plaintext_codec.h"

namespace gx::vault {

namespace {

bool contains(const std::vector<model::DeviceAddress> &devices, const model::DeviceAddress &device) {
  return std::find(devices.begin(), devices.end(), device) != devices.end();
}

}  // namespace

Result<store::OutboxRow> Sealing::find(ClientMessageId item) {
  const auto row = m_room.outbox.item(item);
  if (!row) return fail(row.error());
  if (!*row || (*row)->state == store::OutboxState::Failed) return fail(ErrorKind::NotFound, "no such outbox item");
  return **row;
}

Result<SealPlan> Sealing::plan(ClientMessageId item) {
  const auto row = find(item);
  if (!row) return fail(row.error());
  auto plan = planFor(row->conversation);
  if (!plan || row->state != store::OutboxState::Sealed) return plan;
  return SealPlan{true, {}, plan->blocked, {}, plan->recipients};
}

Result<SealPlan> Sealing::planFor(ConversationId conversation) {
  const auto self = m_room.account.self();
  if (!self) return fail(self.error());
  const auto participants = m_room.conversations.participants(conversation);
  if (!participants) return fail(participants.error());
  if (participants->empty()) return fail(ErrorKind::NotFound, "who takes part is not known yet", codes::kNeedsFacts);
  SealPlan plan;
  for (const auto &participant : *participants)
    if (participant.user != self->user)
      if (const auto added = addDevicesOf(participant.user, *self, plan); !added) return fail(added.error());
  if (const auto added = addDevicesOf(self->user, *self, plan); !added) return fail(added.error());
  auto needBundle = sessionless(plan.recipients);
  if (!needBundle) return fail(needBundle.error());
  plan.needBundle = std::move(*needBundle);
  return plan;
}

Result<> Sealing::addDevicesOf(UserId user, const model::DeviceAddress &self, SealPlan &plan) {
  const auto trust = m_room.manifests.trust(user);
  if (!trust) return fail(trust.error());
  if (!trust->alarm.isEmpty()) {
    plan.blocked.push_back(user);
    return {};
  }
  const auto devices = m_room.manifests.devices(user);
  if (!devices) return fail(devices.error());
  if (devices->empty()) plan.needManifest.push_back(user);
  for (const auto &listed : *devices) {
    const model::DeviceAddress address{user, listed.device};
    if (address != self) plan.recipients.push_back(address);
  }
  return {};
}

Result<bool> Sealing::needsBundle(const model::DeviceAddress &device) {
  crypto::Session session(m_room.keyring(), device);
  const auto status = session.status();
  if (!status && status.error().code == crypto::codes::kSessionDamaged) return true;
  if (!status) return fail(status.error());
  return status->needsRenewal;
}

Result<std::vector<model::DeviceAddress>> Sealing::sessionless(const std::vector<model::DeviceAddress> &devices) {
  std::vector<model::DeviceAddress> needed;
  for (const auto &device : devices) {
    const auto needs = needsBundle(device);
    if (!needs) return fail(needs.error());
    if (*needs) needed.push_back(device);
  }
  return needed;
}

Result<> Sealing::startSession(const model::DeviceAddress &device, const std::vector<crypto::PreKeyBundle> &bundles) {
  const auto bundle = std::find_if(bundles.begin(), bundles.end(),
                                   [&](const crypto::PreKeyBundle &b) { return b.device == device.device; });
  if (bundle == bundles.end()) return fail(ErrorKind::Conflict, "a device has no session", codes::kNeedsBundle);
  crypto::Session session(m_room.keyring(), device);
  return session.build(*bundle);
}

Result<model::ManifestStamp> Sealing::stampOf(UserId user) {
  const auto version = m_room.manifests.version(user);
  if (!version) return fail(version.error());
  const auto hash = m_room.manifests.hashOf(user, *version);
  if (!hash) return fail(hash.error());
  return model::ManifestStamp{*version, hash->value_or(QByteArray(32, '\0'))};
}

Result<model::ContentHeader> Sealing::headerOf(const store::OutboxRow &item) {
  const auto self = m_room.account.self();
  if (!self) return fail(self.error());
  const auto stamp = stampOf(self->user);
  if (!stamp) return fail(stamp.error());
  model::ContentHeader header;
  header.sender = *self;
  header.conversation = item.conversation;
  header.id = item.innerId;
  header.sentAt = item.sentAt;
  header.chainSequence = item.chainSequence;
  header.previousHash = item.previousHash;
  header.senderManifest = *stamp;
  return header;
}

// Something sent again keeps the place it has.
Result<model::ContentHeader> Sealing::takeChainPlace(store::OutboxRow &item) {
  if (item.chainSequence == 0) {
    const auto chain = m_room.chains.own(item.conversation);
    if (!chain) return fail(chain.error());
    item.chainSequence = chain->lastSequence + 1;
    item.previousHash = chain->lastHash;
    const auto header = headerOf(item);
    if (!header) return header;
    const auto moved = m_room.chains.setOwn(item.conversation, {item.chainSequence, model::headerHash(*header)});
    if (!moved) return fail(moved.error());
  }
  if (const auto set = m_room.outbox.setSealed(item.position, item.chainSequence, item.previousHash); !set)
    return fail(set.error());
  if (const auto set = m_room.resends.setChain(item.innerId, item.chainSequence, item.previousHash); !set)
    return fail(set.error());
  return headerOf(item);
}

Result<> Sealing::sealFor(const model::DeviceAddress &device, model::Plaintext plaintext,
                          const store::OutboxRow &item) {
  const auto stamp = stampOf(device.user);
  if (!stamp) return fail(stamp.error());
  plaintext.header.recipient = device;
  plaintext.header.recipientManifest = *stamp;
  const auto bytes = model::encodePlaintext(plaintext);
  if (!bytes) return fail(bytes.error());
  crypto::Session session(m_room.keyring(), device);
  const auto ciphertext = session.encrypt(*bytes);
  if (!ciphertext) return fail(ciphertext.error());
  const auto status = session.status();
  if (!status) return fail(status.error());
  const store::SealedRow sealed{device, status->remoteRegistrationId, *ciphertext};
  if (const auto put = m_room.sealedEnvelopes.put(item.position, sealed); !put) return put;
  const auto logged = m_room.resends.row(item.innerId);
  if (!logged) return fail(logged.error());
  return *logged ? m_room.resends.addTarget(item.innerId, device) : Result<>();
}

Result<SealedMessage> Sealing::stored(const store::OutboxRow &item) {
  const auto rows = m_room.sealedEnvelopes.of(item.position);
  if (!rows) return fail(rows.error());
  SealedMessage message{item.conversation, item.id, {}};
  for (const auto &row : *rows) message.envelopes.push_back({row.to, row.registrationId, row.ciphertext});
  return message;
}

Result<SealedMessage> Sealing::seal(ClientMessageId item, const std::vector<crypto::PreKeyBundle> &bundles) {
  crashPoint("C2");
  auto row = find(item);
  if (!row) return fail(row.error());
  if (row->state == store::OutboxState::Sealed) return stored(*row);
  const auto plan = planFor(row->conversation);
  if (!plan) return fail(plan.error());
  if (!plan->blocked.empty()) return fail(ErrorKind::Untrusted, "trust is broken", codes::kTrustBroken);
  if (!plan->needManifest.empty()) return fail(ErrorKind::NotFound, "no device list", codes::kNeedsManifest);
  for (const auto &device : plan->needBundle)
    if (const auto started = startSession(device, bundles); !started) return fail(started.error());
  const auto content = model::decodeContent(row->payload);
  if (!content) return fail(content.error());
  const auto header = takeChainPlace(*row);
  if (!header) return fail(header.error());
  for (const auto &device : plan->recipients) {
    if (const auto sealed = sealFor(device, {*header, *content}, *row); !sealed) return fail(sealed.error());
    crashPoint("C3");
  }
  return stored(*row);
}

// The relay may not say whose an extra device is (it is nobody's of the conversation): its id is enough.
Result<> Sealing::dropExtra(const store::OutboxRow &item, const std::vector<model::DeviceAddress> &extra) {
  const auto rows = m_room.sealedEnvelopes.of(item.position);
  if (!rows) return fail(rows.error());
  for (const auto &row : *rows) {
    const bool isExtra =
        std::any_of(extra.begin(), extra.end(), [&](const auto &device) { return device.device == row.to.device; });
    if (!isExtra) continue;
    if (const auto removed = m_room.sealedEnvelopes.remove(item.position, row.to); !removed) return removed;
  }
  return {};
}

Result<SealedMessage> Sealing::amend(ClientMessageId item, const DeviceMismatch &mismatch,
                                     const std::vector<crypto::PreKeyBundle> &bundles) {
  const auto row = find(item);
  if (!row) return fail(row.error());
  if (row->state != store::OutboxState::Sealed) return fail(ErrorKind::Conflict, "not sealed yet");
  const auto plan = planFor(row->conversation);
  if (!plan) return fail(plan.error());
  if (!plan->blocked.empty()) return fail(ErrorKind::Untrusted, "trust is broken", codes::kTrustBroken);
  if (const auto dropped = dropExtra(*row, mismatch.extra); !dropped) return fail(dropped.error());
  const auto content = model::decodeContent(row->payload);
  const auto header = headerOf(*row);
  if (!content || !header) return fail(!content ? content.error() : header.error());
  std::vector<model::DeviceAddress> anew = mismatch.missing;
  anew.insert(anew.end(), mismatch.stale.begin(), mismatch.stale.end());
  for (const auto &device : anew) {
    if (!contains(plan->recipients, device))
      return fail(ErrorKind::Untrusted, "the relay named a device that no pinned list has", codes::kUnknownDevice);
    if (contains(mismatch.stale, device) || contains(plan->needBundle, device))
      if (const auto started = startSession(device, bundles); !started) return fail(started.error());
    if (const auto sealed = sealFor(device, {*header, *content}, *row); !sealed) return fail(sealed.error());
  }
  return stored(*row);
}

}  // namespace gx::vault
