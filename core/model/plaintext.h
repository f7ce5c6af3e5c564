// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <optional>

#include "core/base/clock.h"
#include "core/model/content.h"
#include "core/model/device_address.h"

namespace gx::model {

// A device list as the sender knew it: a relay that shows somebody an old list is found out at the first message.
struct ManifestStamp {
  quint64 version = 0;
  QByteArray hash;  // 32 bytes
  bool operator==(const ManifestStamp &) const = default;
};

// Who says what to whom, inside the encryption: the MAC of a Signal message binds no address, so the opener compares
// these with the envelope (SECURITY.md M4) and the chain with what it has (3g, order and gaps).
struct ContentHeader {
  DeviceAddress sender;
  DeviceAddress recipient;
  ConversationId conversation;
  ClientMessageId id;
  WallTime sentAt{};
  quint64 chainSequence = 0;  // per sending device and conversation, from 1
  QByteArray previousHash;    // headerHash() of the one before: 32 bytes, zeros for the first
  ManifestStamp senderManifest;
  ManifestStamp recipientManifest;
  bool operator==(const ContentHeader &) const = default;
};

// All that is encrypted for one device.
struct Plaintext {
  ContentHeader header;
  Content content;
  bool operator==(const Plaintext &) const = default;
};

}  // namespace gx::model
