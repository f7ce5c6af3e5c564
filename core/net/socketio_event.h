// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QList>
#include <optional>

namespace gx::net {

// An event that came in. All bytes are its own.
struct SocketIoEvent {
  QByteArray name;
  QList<QByteArray> arguments{};  // raw JSON each; {"_placeholder":true,"num":N} stands for attachments[N]
  QList<QByteArray> attachments{};
  std::optional<quint32> ackId{};  // the other side wants an answer: SocketIoClient::answer()
  QByteArray nsp = "/";

  // The first argument, empty if there is none.
  [[nodiscard]] QByteArray argument() const { return arguments.value(0); }
  bool operator==(const SocketIoEvent &) const = default;
};

// An event to be sent.
struct SocketIoMessage {
  QByteArray name;
  QByteArray arguments{};  // raw JSON values with commas between; placeholders as above
  QList<QByteArray> attachments{};
  QByteArray nsp = "/";
};

struct SocketIoAck {
  QList<QByteArray> arguments{};  // raw JSON each
  QList<QByteArray> attachments{};
};

}  // namespace gx::net
