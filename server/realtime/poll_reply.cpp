// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/realtime/poll_reply.h"

namespace gx::server::realtime {

void PollReply::send(QByteArray payload) const {
  net::HttpResponse response = net::HttpResponse::text(200, std::move(payload));
  response.headers.push_back({"Cache-Control", "no-store"});
  send(std::move(response));
}

void PollReply::refuse(wire::EngineIoError error) const {
  send(refusal(error));
}

net::HttpResponse PollReply::refusal(wire::EngineIoError error) {
  return net::HttpResponse::json(error == wire::EngineIoError::Forbidden ? 403 : 400, wire::toJson(error));
}

void PollReply::sendPreflight(QByteArrayView requestedHeaders) const {
  net::HttpResponse response;
  response.status = 204;
  response.headers.push_back({"Access-Control-Allow-Methods", "GET, POST"});
  if (!requestedHeaders.isEmpty())
    response.headers.push_back({"Access-Control-Allow-Headers", requestedHeaders.toByteArray()});
  response.headers.push_back({"Access-Control-Max-Age", "600"});
  send(std::move(response));
}

void PollReply::send(net::HttpResponse response) const {
  if (!m_allowedOrigin.isEmpty()) {
    response.headers.push_back({"Access-Control-Allow-Origin", m_allowedOrigin});
    if (m_allowedOrigin != "*") response.headers.push_back({"Vary", "Origin"});
  }
  m_token.send(std::move(response));
}

}  // namespace gx::server::realtime
