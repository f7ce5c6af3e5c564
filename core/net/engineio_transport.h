// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QObject>

#include "core/base/error.h"
#include "core/wire/engineio_handshake.h"

namespace gx::net {

// One Engine.IO packet as it travels: text with its type character in front ("4hello"), or the bytes of a binary
// message.
struct EngineIoFrame {
  QByteArray bytes;
  bool isBinary = false;

  bool operator==(const EngineIoFrame &) const = default;
};

// Port: one way to carry Engine.IO packets, in order, both ways. Made for one session and opened once. A receiver of
// its signals may close() it at once, but delete it only by deleteLater().
class EngineIoTransport : public QObject {
  Q_OBJECT
 public:
  // With a session id it joins that session (a probe), else it starts a new one.
  virtual void open(const QByteArray &sid) = 0;
  // What the Open packet told.
  virtual void useSession(const wire::EngineIoHandshake &handshake) = 0;
  // Only after opened().
  virtual void send(const EngineIoFrame &frame) = 0;
  // Sends what is queued, ends what is under way, then emits paused(): nothing is received or sent afterwards.
  virtual void pause() = 0;
  // Says goodbye as far as the transport can and ends; emits nothing any more.
  virtual void close() = 0;
  [[nodiscard]] virtual qsizetype bytesQueued() const = 0;
  [[nodiscard]] virtual QByteArray name() const = 0;  // "polling", "websocket"

 Q_SIGNALS:
  void opened();
  void received(const gx::net::EngineIoFrame &frame);
  void paused();
  // It ended by itself; emitted once, nothing follows.
  void failed(const gx::Error &reason);

 protected:
  using QObject::QObject;
};

}  // namespace gx::net
