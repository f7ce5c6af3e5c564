// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/realtime/engineio_server.h"

#include <algorithm>

#include "core/base/bytes.h"
#include "core/wire/protocol_version.h"
#include "server/realtime/polling_endpoint.h"
#include "server/realtime/websocket_endpoint.h"

namespace gx::server::realtime {

namespace {

constexpr int kSidBytes = 16;

}  // namespace

EngineIoServer::EngineIoServer(net::HttpServer &http, Random &random, EngineIoOptions options,
                               EngineIoListener &listener)
    : m_http(http),
      m_random(random),
      m_options(std::move(options)),
      m_listener(listener),
      m_farewells(http.loop(), {.keepFor = m_options.pingTimeout, .pollBytes = m_options.maxPayload}),
      m_polling(std::make_unique<PollingEndpoint>(*this)) {
  m_http.mount(m_options.path, *m_polling);
  m_http.mountWebSocket(m_options.path, *this);
  m_http.loop().addObserver(*this);
}

EngineIoServer::~EngineIoServer() {
  closeAll(net::close_code::kGoingAway);
  m_http.loop().removeObserver(*this);
  m_http.unmountWebSocket(*this);
  m_http.unmount(*m_polling);
}

void EngineIoServer::closeAll(quint16 closeCode) {
  for (const auto &[sid, session] : m_sessions) session->close(closeCode);
}

bool EngineIoServer::speaksOurVersion(const net::HttpRequest &request) {
  return request.queryValue("EIO") == QByteArray::number(wire::kEngineIoVersion);
}

EngineIoSession *EngineIoServer::find(const QByteArray &sid) const {
  const auto found = m_sessions.find(sid);
  return found == m_sessions.end() || !found->second->isOpen() ? nullptr : found->second.get();
}

EngineIoSession &EngineIoServer::create(const net::PeerAddress &peer, bool secure) {
  const QByteArray sid = toBase64Url(m_random.bytes(kSidBytes));
  auto &session = m_sessions[sid];
  session = std::make_unique<EngineIoSession>(*this, sid, peer, secure);
  return *session;
}

void EngineIoServer::bury(EngineIoSession &session) {
  m_dying.push_back(&session);
  loop().requestTurn();
}

void EngineIoServer::answerPollLater(EngineIoSession &session) {
  m_duePolls.push_back(session.sid());
  loop().requestTurn();
}

void EngineIoServer::release(WebSocketEndpoint &endpoint) {
  auto node = m_endpoints.extract(&endpoint);
  m_released.push_back(std::move(node.mapped()));
  loop().requestTurn();
}

void EngineIoServer::turnEnded() {
  for (const QByteArray &sid : std::exchange(m_duePolls, {}))
    if (EngineIoSession *session = find(sid)) session->answerPoll();
  for (EngineIoSession *session : std::exchange(m_dying, {})) {
    m_listener.sessionClosed(*session);
    const QByteArray sid = session->sid();  // erase() must not be given what it frees
    m_sessions.erase(sid);
  }
  m_released.clear();
}

std::optional<QByteArray> EngineIoServer::allowedOrigin(QByteArrayView origin) const {
  if (origin.isEmpty()) return QByteArray();
  const auto &allowed = m_options.allowedOrigins;
  if (std::find(allowed.begin(), allowed.end(), "*") != allowed.end()) return QByteArray("*");
  const auto found = std::find_if(allowed.begin(), allowed.end(), [&](const QByteArray &a) { return a == origin; });
  if (found == allowed.end()) return std::nullopt;
  return *found;
}

// The order of the checks is that of the reference server.
net::WebSocketAcceptor::Decision EngineIoServer::accept(const net::HttpRequest &request) {
  const auto refused = [](wire::EngineIoError error) { return Decision{nullptr, PollReply::refusal(error)}; };
  if (!allowedOrigin(request.headers.value("origin"))) return refused(wire::EngineIoError::Forbidden);
  if (request.queryValue("transport") != "websocket") return refused(wire::EngineIoError::UnknownTransport);
  if (const std::optional<QByteArray> sid = request.queryValue("sid")) {
    EngineIoSession *session = find(*sid);
    if (!session) return refused(wire::EngineIoError::UnknownSession);
    if (!session->canProbe()) return refused(wire::EngineIoError::BadRequest);
    return take(session);
  }
  if (!speaksOurVersion(request)) return refused(wire::EngineIoError::UnsupportedVersion);
  return take(nullptr);
}

net::WebSocketAcceptor::Decision EngineIoServer::take(EngineIoSession *probed) {
  auto endpoint = std::make_unique<WebSocketEndpoint>(*this, probed);
  WebSocketEndpoint *raw = endpoint.get();
  m_endpoints.emplace(raw, std::move(endpoint));
  return {raw, {}};
}

}  // namespace gx::server::realtime
