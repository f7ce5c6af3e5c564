// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/json_scanner.h"
#include "core/wire/socketio_decoder.h"
#include "core/wire/socketio_encoder.h"

namespace {

using namespace gx::wire;

void require(bool holds) {
  if (!holds) __builtin_trap();
}

void checkFields(const SocketIoPacket &packet) {
  require(packet.nsp.startsWith('/') && packet.nsp.size() <= limits::kNamespaceBytes);
  require(packet.name.size() <= limits::kEventNameBytes && !isReservedEventName(packet.name));
  require(packet.argumentCount >= 0 && packet.argumentCount <= limits::kEventArguments);
  require(packet.attachments.size() <= limits::kEventAttachments);
  require(!packet.ackId || *packet.ackId <= limits::kLargestAckId);
  for (const QByteArrayView argument : packet.arguments()) require(validateJson(argument).has_value());
  require(packet.argumentCount == 0 || validateJson('[' + packet.argumentList.toByteArray() + ']').has_value());
}

// An event that is spliced into a new frame is read as the same event.
void checkSplicing(const SocketIoPacket &packet) {
  const auto attachments = static_cast<int>(packet.attachments.size());
  const QByteArray frame = encodeEvent({packet.name, packet.argumentList, packet.nsp, packet.ackId, attachments});
  SocketIoDecoder decoder;
  auto again = decoder.takeText(QByteArrayView(frame).sliced(1));
  for (const QByteArray &attachment : packet.attachments) {
    require(again && !*again);
    again = decoder.takeBinary(attachment);
  }
  require(again && *again);
  require((*again)->name == packet.name && (*again)->nsp == packet.nsp && (*again)->ackId == packet.ackId);
  require((*again)->argumentList == packet.argumentList && (*again)->attachments == packet.attachments);
}

}  // namespace

// The messages of a connection with 0x1e between them; one that starts with 'b' is binary.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size) {
  QByteArrayView rest(data, static_cast<qsizetype>(size));
  SocketIoDecoder decoder;
  for (bool isLast = false; !isLast;) {
    const qsizetype separator = rest.indexOf('\x1e');
    isLast = separator < 0;
    const QByteArray frame = (isLast ? rest : rest.first(separator)).toByteArray();  // its own block, for the sanitizer
    if (!isLast) rest = rest.sliced(separator + 1);
    const auto taken =
        frame.startsWith('b') ? decoder.takeBinary(QByteArrayView(frame).sliced(1)) : decoder.takeText(frame);
    if (!taken) return 0;
    require(taken->has_value() != decoder.isWaiting());
    require(decoder.bytesHeld() <= limits::kWebSocketMessageBytes);
    if (!*taken) continue;
    checkFields(**taken);
    if ((*taken)->isEvent()) checkSplicing(**taken);
  }
  return 0;
}
