// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/realtime/polling_endpoint.h"

#include "server/realtime/engineio_server.h"

namespace gx::server::realtime {

net::BodyPlan PollingEndpoint::planBody(const net::HttpRequest &request) {
  net::BodyPlan plan;
  plan.maxBytes = request.method == net::HttpMethod::Post ? m_server.options().maxPayload : 0;
  if (!m_server.allowedOrigin(request.headers.value("origin")))
    plan.refusal = PollReply::refusal(wire::EngineIoError::Forbidden);
  return plan;
}

void PollingEndpoint::handle(net::HttpRequest request, net::ResponseToken token) {
  const PollReply reply(token, m_server.allowedOrigin(request.headers.value("origin")).value_or(QByteArray()));
  if (request.method == net::HttpMethod::Options)
    return reply.sendPreflight(request.headers.value("access-control-request-headers"));
  if (request.queryValue("transport") != "polling") return reply.refuse(wire::EngineIoError::UnknownTransport);
  if (request.queryValue("sid"))
    serve(request, reply);
  else
    open(request, reply);
}

void PollingEndpoint::open(const net::HttpRequest &request, const PollReply &reply) {
  if (request.method != net::HttpMethod::Get) return reply.refuse(wire::EngineIoError::BadHandshakeMethod);
  if (!EngineIoServer::speaksOurVersion(request)) return reply.refuse(wire::EngineIoError::UnsupportedVersion);
  EngineIoSession &session = m_server.create(request.peer, request.secure);
  session.openPolling(reply);
  m_server.listener().sessionOpened(session);
}

void PollingEndpoint::serve(const net::HttpRequest &request, const PollReply &reply) {
  EngineIoSession *session = m_server.find(*request.queryValue("sid"));
  if (!session) return serveEnded(request, reply);
  if (request.method == net::HttpMethod::Get) return session->poll(reply);
  if (request.method != net::HttpMethod::Post || session->isWebSocket())
    return reply.refuse(wire::EngineIoError::BadRequest);
  const QByteArray stamp = request.queryValue("t").value_or(QByteArray());
  if (session->isRepeated(stamp, request.body)) return reply.send("ok");
  if (!session->post(request.body, reply)) return reply.refuse(wire::EngineIoError::BadRequest);
  reply.send("ok");
}

// A session that the relay ended: a poll gets its last words, and what is still posted is thrown away until then.
void PollingEndpoint::serveEnded(const net::HttpRequest &request, const PollReply &reply) {
  const QByteArray sid = *request.queryValue("sid");
  if (request.method == net::HttpMethod::Get && m_server.farewells().answer(sid, reply)) return;
  if (request.method == net::HttpMethod::Post && m_server.farewells().holds(sid)) return reply.send("ok");
  reply.refuse(wire::EngineIoError::UnknownSession);
}

}  // namespace gx::server::realtime
