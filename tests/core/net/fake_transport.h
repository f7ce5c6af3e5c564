// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QList>
#include <QPointer>

#include "core/net/engineio_client.h"

namespace gx::test {

// A transport whose other side is the test.
class FakeTransport final : public net::EngineIoTransport {
  Q_OBJECT
 public:
  FakeTransport(QByteArray name, QObject *parent) : EngineIoTransport(parent), m_name(std::move(name)) {}

  void open(const QByteArray &sid) override { openedWith = sid.isEmpty() ? "new" : sid; }
  void useSession(const wire::EngineIoHandshake &handshake) override { session = handshake; }
  void send(const net::EngineIoFrame &frame) override {
    sent.append(frame.isBinary ? "b:" + frame.bytes : frame.bytes);
  }
  void pause() override { isPausing = true; }
  void close() override { isClosed = true; }
  [[nodiscard]] qsizetype bytesQueued() const override { return queued; }
  [[nodiscard]] QByteArray name() const override { return m_name; }

  void says(const QByteArray &text) { Q_EMIT received({text}); }
  void saysBinary(const QByteArray &bytes) { Q_EMIT received({bytes, true}); }
  void breaks(const Error &reason) { Q_EMIT failed(reason); }

  QByteArray openedWith;
  wire::EngineIoHandshake session;
  QList<QByteArray> sent;
  qsizetype queued = 0;
  bool isPausing = false;
  bool isClosed = false;

 private:
  QByteArray m_name;
};

// Makes fake transports and keeps sight of them.
struct FakeTransports {
  [[nodiscard]] net::EngineIoClient::MakeTransport maker() {
    return [this](net::EngineIoClient::TransportKind kind, QObject *parent) {
      const bool isPolling = kind == net::EngineIoClient::TransportKind::Polling;
      auto *transport = new FakeTransport(isPolling ? "polling" : "websocket", parent);
      made.append(transport);
      return transport;
    };
  }
  [[nodiscard]] FakeTransport &last() const { return *made.last(); }
  [[nodiscard]] FakeTransport &at(qsizetype i) const { return *made.at(i); }

  QList<QPointer<FakeTransport>> made;
};

}  // namespace gx::test
