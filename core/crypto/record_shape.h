// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <optional>
#include <vector>

#include "core/base/result.h"
#include "core/curve/public_key.h"

namespace gx::crypto {

// One session state as the C library stores it, seen by our own parser: as much as the checks of a session need.
struct StateShape {
  struct ReceiverChain {
    QByteArrayView ratchetKey;
    quint32 index = 0;  // of the next message
  };

  QByteArrayView raw;  // the state itself, to put a record together again
  quint32 version = 0;
  QByteArrayView remoteIdentity;
  QByteArrayView baseKey;   // of the session's first message
  bool hasRootKey = false;  // even an empty one
  bool hasSenderChain = false;
  bool isPending = false;   // not answered yet: sends prekey messages
  quint32 senderIndex = 0;  // messages sent on the current chain
  quint32 remoteRegistrationId = 0;
  std::vector<ReceiverChain> receiverChains{};

  // Holds no key of a session. The library leaves such states behind when it archives.
  [[nodiscard]] bool isBlank() const { return !hasRootKey && !hasSenderChain && receiverChains.empty(); }
};

// A session record: the current state and the archived ones, newest first. Views point into the parsed bytes.
struct RecordShape {
  std::optional<StateShape> current{};
  std::vector<StateShape> archived{};

  // Corrupt if it is not well-formed.
  [[nodiscard]] static Result<RecordShape> parse(QByteArrayView record);
  // The record with blank states and all but the newest `maxArchived` archived ones left out.
  [[nodiscard]] QByteArray toBytes(std::size_t maxArchived) const;
  // All states but blank ones are of session version 3: for each root key and chain of another one the library uses
  // memory that it freed (M10).
  [[nodiscard]] bool isVersion3() const;
  // A state began with this base key.
  [[nodiscard]] bool hasBaseKey(const curve::PublicKey &key) const;
  // Index of the receiver chain with this key in any state; nothing if no state knows it.
  [[nodiscard]] std::optional<quint32> receiverIndex(const curve::PublicKey &ratchetKey) const;
};

}  // namespace gx::crypto
