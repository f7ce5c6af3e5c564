// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/socketio_head.h"

#include <algorithm>

#include "core/wire/utf8.h"

namespace gx::wire {

namespace {

// Cuts the leading decimal digits off `rest`. nullopt for none, a leading zero or a number above `most`.
std::optional<quint32> takeDecimal(QByteArrayView &rest, quint32 most) {
  quint64 value = 0;
  qsizetype digits = 0;
  while (digits < rest.size() && rest[digits] >= '0' && rest[digits] <= '9') {
    value = value * 10 + static_cast<quint64>(rest[digits] - '0');
    if (value > most) return std::nullopt;
    ++digits;
  }
  if (digits == 0 || (digits > 1 && rest.front() == '0')) return std::nullopt;
  rest = rest.sliced(digits);
  return static_cast<quint32>(value);
}

Result<> takeAttachmentCount(SocketIoHead &head, QByteArrayView &rest) {
  const auto count = takeDecimal(rest, limits::kEventAttachments);
  if (!count) return fail(ErrorKind::Invalid, "socket.io: bad number of attachments");
  if (!rest.startsWith('-')) return fail(ErrorKind::Invalid, "socket.io: number of attachments has no end");
  head.attachments = static_cast<int>(*count);
  rest = rest.sliced(1);
  return {};
}

Result<> takeNamespace(SocketIoHead &head, QByteArrayView &rest) {
  const qsizetype comma = rest.first(std::min(rest.size(), limits::kNamespaceBytes + 1)).indexOf(',');
  const qsizetype size = comma < 0 ? rest.size() : comma;
  if (size > limits::kNamespaceBytes) return fail(ErrorKind::TooLarge, "socket.io: namespace too long");
  const QByteArrayView name = rest.first(size);
  const bool isPlain =
      std::all_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) > 0x20 && c != 0x7f; });
  if (!isPlain || !isUtf8(name)) return fail(ErrorKind::Invalid, "socket.io: bad character in a namespace");
  const qsizetype query = name.indexOf('?');
  head.nsp = query < 0 ? name : name.first(query);
  rest = rest.sliced(comma < 0 ? size : size + 1);
  return {};
}

Result<> takeAckId(SocketIoHead &head, QByteArrayView &rest) {
  const auto id = takeDecimal(rest, limits::kLargestAckId);
  if (!id) return fail(ErrorKind::Invalid, "socket.io: bad ack id");
  head.ackId = id;
  return {};
}

}  // namespace

Result<SocketIoHead> parseSocketIoHead(QByteArrayView text) {
  if (text.isEmpty() || text.front() < '0' || text.front() > '6')
    return fail(ErrorKind::Invalid, "socket.io: unknown packet type");
  SocketIoHead head;
  head.type = static_cast<SocketIoType>(text.front() - '0');
  QByteArrayView rest = text.sliced(1);
  Result<> taken;
  if (head.isBinary()) taken = takeAttachmentCount(head, rest);
  if (taken && rest.startsWith('/')) taken = takeNamespace(head, rest);
  if (taken && !rest.isEmpty() && rest.front() >= '0' && rest.front() <= '9') taken = takeAckId(head, rest);
  if (!taken) return fail(taken.error());
  head.payload = rest;
  return head;
}

}  // namespace gx::wire
