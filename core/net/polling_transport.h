// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <deque>
#include <stop_token>

#include "core/net/engineio_options.h"
#include "core/net/engineio_transport.h"
#include "core/net/http_client.h"

namespace gx::net {

// Engine.IO over HTTP long-polling: always one GET waiting, at most one POST under way.
class PollingTransport final : public EngineIoTransport {
  Q_OBJECT
 public:
  PollingTransport(HttpClient &http, EngineIoOptions options, QObject *parent = nullptr);

  void open(const QByteArray &sid) override;
  void useSession(const wire::EngineIoHandshake &handshake) override;
  void send(const EngineIoFrame &frame) override;
  void pause() override;
  void close() override;
  [[nodiscard]] qsizetype bytesQueued() const override { return m_bytesQueued; }
  [[nodiscard]] QByteArray name() const override { return "polling"; }

 private:
  [[nodiscard]] HttpRequest request(const QByteArray &method);
  void poll();
  void takePoll(const Result<HttpResponse> &response);
  void takePackets(const HttpResponse &response);
  void post();
  void takePost(const Result<HttpResponse> &response);
  [[nodiscard]] QByteArray nextPayload();
  void goOn();
  void end(const Error &reason);

  HttpClient &m_http;
  EngineIoOptions m_options;
  wire::EngineIoHandshake m_handshake;
  std::deque<EngineIoFrame> m_queue;
  qsizetype m_bytesQueued = 0;
  quint64 m_nextRequest = 0;  // makes every URL a new one for caches on the way
  bool m_isPolling = false;
  bool m_isPosting = false;
  bool m_isPausing = false;
  bool m_isOpen = false;
  bool m_isClosed = false;
  std::stop_source m_stop;
};

}  // namespace gx::net
