// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/net/response_token.h"

#include "server/net/http_server.h"
#include "server/net/http_session.h"

namespace gx::server::net {

HttpSession *ResponseToken::session() const {
  if (!m_server) return nullptr;
  Connection *connection = m_server->connections().find(m_connection);
  return connection ? connection->user()->asHttp() : nullptr;
}

void ResponseToken::send(HttpResponse response) const {
  if (!m_server) return;
  if (!m_server->loop().isCurrentThread()) {
    m_server->loop().post([token = *this, answer = std::move(response)] { token.send(answer); });
    return;
  }
  if (HttpSession *http = session()) http->send(m_request, std::move(response));
}

bool ResponseToken::isWaiting() const {
  HttpSession *http = session();
  return http && http->answers().isWaiting(m_request);
}

void ResponseToken::whenGone(std::function<void()> call) const {
  if (HttpSession *http = session()) http->answers().setGone(m_request, std::move(call));
}

void ResponseToken::setAuthenticated() const {
  if (HttpSession *http = session()) http->connection().setAuthenticated();
}

void ResponseToken::begin(HttpResponse head, std::optional<qint64> length) const {
  if (HttpSession *http = session()) http->begin(m_request, std::move(head), length);
}

void ResponseToken::write(QByteArray piece) const {
  if (HttpSession *http = session()) http->write(m_request, piece);
}

void ResponseToken::end() const {
  if (HttpSession *http = session()) http->end(m_request);
}

qint64 ResponseToken::bytesWaiting() const {
  HttpSession *http = session();
  return http ? http->connection().bytesWaiting() + http->answers().bytesHeld(m_request) : 0;
}

void ResponseToken::whenDrained(std::function<void()> call) const {
  if (HttpSession *http = session()) http->setDrained(m_request, std::move(call));
}

void ResponseToken::pauseBody() const {
  if (HttpSession *http = session()) http->pauseBody(m_request);
}

void ResponseToken::resumeBody() const {
  if (HttpSession *http = session()) http->resumeBody(m_request);
}

}  // namespace gx::server::net
