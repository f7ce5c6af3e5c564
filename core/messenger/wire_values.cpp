// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/messenger/wire_values.h"

namespace gx::messenger {

wire::ManifestEntry toWire(const curve::ManifestEntry &entry) {
  wire::ManifestEntry out;
  out.userId = entry.account;
  out.version = static_cast<qint64>(entry.version);
  out.prevHash = entry.previousHash;
  out.isAdd = entry.operation == curve::ManifestOperation::Add;
  out.deviceId = entry.device;
  out.identityKey = entry.identityKey.bytes();
  out.nameHash = entry.nameHash;
  out.createdAt = toMillis(entry.createdAt);
  out.byDevice = entry.byDevice;
  out.signature = entry.signature;
  return out;
}

Result<std::vector<curve::ManifestEntry>> toEntries(const QList<wire::ManifestEntry> &entries) {
  std::vector<curve::ManifestEntry> out;
  out.reserve(static_cast<std::size_t>(entries.size()));
  for (const wire::ManifestEntry &entry : entries) {
    const auto key = curve::PublicKey::parse(entry.identityKey);
    if (!key) return fail(ErrorKind::Untrusted, "manifest entry with a bad key", curve::kManifestBroken);
    curve::ManifestEntry made;
    made.account = entry.userId;
    made.version = static_cast<quint64>(entry.version);
    made.previousHash = entry.prevHash;
    made.operation = entry.isAdd ? curve::ManifestOperation::Add : curve::ManifestOperation::Remove;
    made.device = entry.deviceId;
    made.identityKey = *key;
    made.nameHash = entry.nameHash;
    made.createdAt = fromMillis(entry.createdAt);
    made.byDevice = entry.byDevice;
    made.signature = entry.signature;
    out.push_back(std::move(made));
  }
  return out;
}

wire::KeyUpload toUpload(const vault::KeyBatch &batch) {
  wire::KeyUpload upload;
  if (batch.identityKey) upload.identityKey = batch.identityKey->bytes();
  upload.registrationId = batch.registrationId;
  if (batch.signedPreKey) {
    const crypto::PublicSignedPreKey &key = *batch.signedPreKey;
    upload.signedPreKey = wire::SignedPreKey{key.id, key.key, key.signature};
    upload.lastResortPreKey = wire::PreKey{crypto::kLastResortPreKeyId, key.lastResortKey};
  }
  for (const crypto::PublicPreKey &key : batch.preKeys) upload.preKeys.append(wire::PreKey{key.id, key.key});
  return upload;
}

vault::KeyAudit toAudit(const wire::KeyAudit &audit) {
  vault::KeyAudit out;
  out.signedPreKey = {audit.signedPreKey.keyId, audit.signedPreKey.digest};
  out.lastResortPreKey = {audit.lastResortPreKey.keyId, audit.lastResortPreKey.digest};
  for (const wire::KeyDigest &digest : audit.preKeys) out.preKeys.push_back({digest.keyId, digest.digest});
  return out;
}

std::vector<crypto::PreKeyBundle> toBundles(const wire::BundleResponse &response) {
  std::vector<crypto::PreKeyBundle> out;
  for (const wire::PreKeyBundle &bundle : response.bundles) {
    crypto::PreKeyBundle made;
    made.device = bundle.deviceId;
    made.registrationId = bundle.registrationId;
    made.identityKey = bundle.identityKey;
    made.signedPreKey = {bundle.signedPreKey.keyId, bundle.signedPreKey.publicKey, bundle.signedPreKey.signature, {}};
    made.preKey = crypto::PublicPreKey{bundle.preKey.keyId, bundle.preKey.publicKey};
    out.push_back(std::move(made));
  }
  return out;
}

wire::SendRequest toRequest(const vault::SealedMessage &message) {
  wire::SendRequest request;
  request.conversationId = message.conversation;
  request.clientMsgId = message.id;
  for (const vault::SealedEnvelope &envelope : message.envelopes) {
    const bool isPreKey = envelope.ciphertext.type == crypto::CiphertextType::PreKey;
    request.envelopes.append(wire::Envelope{envelope.to.device, envelope.registrationId,
                                            isPreKey ? wire::EnvelopeKind::PreKey : wire::EnvelopeKind::Message,
                                            envelope.ciphertext.bytes});
  }
  return request;
}

vault::Incoming toIncoming(const wire::MailItem &item) {
  vault::Incoming letter;
  letter.seq = item.seq;
  letter.messageId = item.messageId;
  letter.conversation = item.conversationId;
  letter.sender = {item.senderId, item.senderDeviceId};
  letter.ciphertext.type =
      item.kind == wire::EnvelopeKind::PreKey ? crypto::CiphertextType::PreKey : crypto::CiphertextType::Message;
  letter.ciphertext.bytes = item.ciphertext;
  letter.serverTime = fromMillis(item.serverTime);
  return letter;
}

vault::ConversationFacts toFacts(const wire::ConversationInfo &info) {
  vault::ConversationFacts facts;
  facts.id = info.conversationId;
  facts.kind =
      info.type == wire::ConversationType::Group ? model::ConversationKind::Group : model::ConversationKind::Direct;
  facts.createdAt = fromMillis(info.createdAt);
  for (const wire::Participant &person : info.participants)
    facts.participants.push_back(
        {person.userId, QString::fromUtf8(person.account), QString::fromLatin1(wire::toText(person.role))});
  return facts;
}

vault::DeviceMismatch toMismatch(const net::RestFailure &failure) {
  const auto addresses = [](const QList<wire::DeviceRef> &list) {
    std::vector<model::DeviceAddress> out;
    for (const wire::DeviceRef &ref : list) out.push_back({ref.userId, ref.deviceId});
    return out;
  };
  return {addresses(failure.missing), addresses(failure.extra), addresses(failure.stale)};
}

}  // namespace gx::messenger
