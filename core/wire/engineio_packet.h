// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include "core/base/result.h"

namespace gx::wire {

// The first character of every Engine.IO v4 text packet.
enum class EngineIoType : char {
  Open = '0',
  Close = '1',
  Ping = '2',
  Pong = '3',
  Message = '4',
  Upgrade = '5',
  Noop = '6'
};

// One Engine.IO v4 packet. A view: `data` lives as long as what it was read from.
struct EngineIoPacket {
  EngineIoType type = EngineIoType::Noop;
  QByteArrayView data{};
  bool isBinary = false;  // Message only: on WebSocket a binary frame without a type character

  bool operator==(const EngineIoPacket &other) const {
    return type == other.type && isBinary == other.isBinary && data == other.data;
  }
};

// A text frame: the type character, then the data. Close, Upgrade and Noop carry no data; the size is the transport's
// to limit.
[[nodiscard]] Result<EngineIoPacket> parseEngineIoText(QByteArrayView frame);

// A binary frame is a Message as it is.
[[nodiscard]] inline EngineIoPacket engineIoBinary(QByteArrayView frame) {
  return {EngineIoType::Message, frame, true};
}

// The text frame of a packet that is not binary.
[[nodiscard]] QByteArray encodeEngineIoText(EngineIoType type, QByteArrayView data = {});

}  // namespace gx::wire
