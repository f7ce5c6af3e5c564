// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/crypto/record_shape.h"

#include <algorithm>

#include "core/crypto/protobuf_reader.h"

namespace gx::crypto {

namespace {

constexpr quint32 kSessionVersion = 3;
constexpr char kCurrentTag = 0x0a;   // field 1, bytes
constexpr char kArchivedTag = 0x12;  // field 2, bytes

struct ChainShape {
  QByteArrayView ratchetKey;
  quint32 index = 0;
};

tl::unexpected<Error> damaged() {
  return fail(ErrorKind::Corrupt, "session record is not well-formed");
}

std::optional<quint32> chainKeyIndex(QByteArrayView chainKey) {
  quint32 index = 0;
  ProtobufReader reader(chainKey);
  while (const auto field = reader.next())
    if (field->number == 1 && !field->isBytes) index = field->value;
  if (reader.hasFailed()) return std::nullopt;
  return index;
}

std::optional<ChainShape> readChain(QByteArrayView bytes) {
  ChainShape chain;
  ProtobufReader reader(bytes);
  while (const auto field = reader.next()) {
    if (field->number == 1 && field->isBytes) chain.ratchetKey = field->bytes;
    if (field->number == 3 && field->isBytes) {
      const auto index = chainKeyIndex(field->bytes);
      if (!index) return std::nullopt;
      chain.index = *index;
    }
  }
  if (reader.hasFailed()) return std::nullopt;
  return chain;
}

bool readChainField(const ProtobufField &field, StateShape &state) {
  const auto chain = readChain(field.bytes);
  if (!chain) return false;
  if (field.number == 6) {
    state.hasSenderChain = true;
    state.senderIndex = chain->index;
  } else {
    state.receiverChains.push_back({chain->ratchetKey, chain->index});
  }
  return true;
}

std::optional<StateShape> readState(QByteArrayView bytes) {
  StateShape state;
  state.raw = bytes;
  ProtobufReader reader(bytes);
  while (const auto field = reader.next()) {
    switch (field->number) {
      case 1:
        state.version = field->value;
        break;
      case 3:
        state.remoteIdentity = field->bytes;
        break;
      case 4:
        state.hasRootKey = true;
        break;
      case 6:
      case 7:
        if (!readChainField(*field, state)) return std::nullopt;
        break;
      case 9:
        state.isPending = true;
        break;
      case 10:
        state.remoteRegistrationId = field->value;
        break;
      case 13:
        state.baseKey = field->bytes;
        break;
      default:
        break;
    }
  }
  if (reader.hasFailed()) return std::nullopt;
  return state;
}

void appendState(QByteArray &record, char tag, QByteArrayView state) {
  record.append(tag);
  auto size = static_cast<quint32>(state.size());
  for (; size >= 0x80; size >>= 7) record.append(static_cast<char>(size | 0x80));
  record.append(static_cast<char>(size));
  record.append(state);
}

}  // namespace

Result<RecordShape> RecordShape::parse(QByteArrayView record) {
  RecordShape shape;
  ProtobufReader reader(record);
  while (const auto field = reader.next()) {
    if (!field->isBytes || field->number > 2) return damaged();
    std::optional<StateShape> state = readState(field->bytes);
    if (!state) return damaged();
    if (field->number == 2) {
      shape.archived.push_back(*std::move(state));
    } else if (shape.current) {
      return damaged();
    } else {
      shape.current = std::move(state);
    }
  }
  if (reader.hasFailed()) return damaged();
  return shape;
}

QByteArray RecordShape::toBytes(std::size_t maxArchived) const {
  QByteArray record;
  if (current && !current->isBlank()) appendState(record, kCurrentTag, current->raw);
  std::size_t kept = 0;
  for (const StateShape &state : archived) {
    if (state.isBlank()) continue;
    if (kept++ == maxArchived) break;
    appendState(record, kArchivedTag, state.raw);
  }
  return record;
}

bool RecordShape::isVersion3() const {
  const auto isGood = [](const StateShape &state) { return state.isBlank() || state.version == kSessionVersion; };
  return (!current || isGood(*current)) && std::all_of(archived.begin(), archived.end(), isGood);
}

bool RecordShape::hasBaseKey(const curve::PublicKey &key) const {
  const auto began = [&](const StateShape &state) { return state.baseKey == key.view(); };
  return (current && began(*current)) || std::any_of(archived.begin(), archived.end(), began);
}

std::optional<quint32> RecordShape::receiverIndex(const curve::PublicKey &ratchetKey) const {
  const auto indexIn = [&](const StateShape &state) -> std::optional<quint32> {
    for (const StateShape::ReceiverChain &chain : state.receiverChains)
      if (chain.ratchetKey == ratchetKey.view()) return chain.index;
    return std::nullopt;
  };
  if (current)
    if (const auto index = indexIn(*current)) return index;
  for (const StateShape &state : archived)
    if (const auto index = indexIn(state)) return index;
  return std::nullopt;
}

}  // namespace gx::crypto
