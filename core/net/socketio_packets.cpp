// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/net/socketio_packets.h"

#include "core/net/rest_failure.h"
#include "core/wire/json_reader.h"

namespace gx::net {

namespace {

QList<QByteArray> ownArguments(const wire::SocketIoPacket &packet) {
  QList<QByteArray> arguments;
  for (const QByteArrayView argument : packet.arguments()) arguments.append(argument.toByteArray());
  return arguments;
}

}  // namespace

SocketIoEvent ownEvent(const wire::SocketIoPacket &packet) {
  SocketIoEvent event;
  event.name = packet.name.toByteArray();
  event.arguments = ownArguments(packet);
  event.attachments = packet.attachments;
  event.ackId = packet.ackId;
  event.nsp = packet.nsp.toByteArray();
  return event;
}

SocketIoAck ownAck(const wire::SocketIoPacket &packet) {
  SocketIoAck ack;
  ack.arguments = ownArguments(packet);
  ack.attachments = packet.attachments;
  return ack;
}

Error connectError(QByteArrayView payload) {
  const Error refused{ErrorKind::Forbidden, "the server refused the connection", "connect_error"};
  if (!payload.startsWith('{')) return refused;
  const wire::JsonReader in(payload);
  if (in.has("data")) {
    const auto problem = wire::Problem::parse(in["data"].raw());
    if (problem) return toFailure(*problem).error;
  }
  const QByteArray code = in["message"].text({64});
  if (in.error() || !wire::findProblemCode(code)) return refused;
  wire::Problem problem;
  problem.code = code;
  return toFailure(problem).error;
}

}  // namespace gx::net
