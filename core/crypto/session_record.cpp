// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/crypto/session_record.h"

#include <QtEndian>

#include "core/base/bytes.h"
#include "core/crypto/session.h"

namespace gx::crypto {

namespace {

constexpr qsizetype kTimeSize = 8;

QByteArray placeOf(const model::DeviceAddress &peer) {
  return toText(peer.user) + '.' + toText(peer.device);
}

tl::unexpected<Error> damagedRecord(const char *detail) {
  return fail(ErrorKind::Corrupt, detail, codes::kSessionDamaged);
}

}  // namespace

Result<SessionRecord> SessionRecord::load(const Keyring &keyring, const model::DeviceAddress &peer) {
  const auto stored = keyring.store.session(peer);
  if (!stored) return tl::unexpected(stored.error());
  if (!*stored) return SessionRecord{};
  const Result<QByteArray> payload = keyring.seal.open(RecordType::Session, placeOf(peer), **stored);
  if (!payload) return damagedRecord("stored session has a wrong tag");
  if (payload->size() < kTimeSize) return damagedRecord("stored session too short");
  SessionRecord record{fromMillis(qFromBigEndian<qint64>(payload->constData())), payload->mid(kTimeSize)};
  const Result<RecordShape> shape = record.shape();
  if (!shape || !shape->isVersion3()) return damagedRecord("stored session is not of version 3");
  return record;
}

Result<> SessionRecord::save(const Keyring &keyring, const model::DeviceAddress &peer) const {
  const Result<RecordShape> whole = shape();
  if (!whole) return tl::unexpected(whole.error());
  if (!whole->isVersion3()) return fail(ErrorKind::Internal, "a session that is not of version 3");
  QByteArray payload;
  payload.reserve(kTimeSize + bytes.size());
  appendNumber(payload, static_cast<quint64>(toMillis(startedAt)));
  payload.append(whole->toBytes(Session::kMaxArchivedStates));
  return keyring.store.putSession(peer, keyring.seal.seal(RecordType::Session, placeOf(peer), payload));
}

Result<RecordShape> SessionRecord::shape() const {
  return RecordShape::parse(bytes);
}

}  // namespace gx::crypto
