// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/net/http_session.h"

#include <algorithm>

#include "server/net/http_writer.h"
#include "server/net/websocket.h"
#include "server/net/websocket_handshake.h"

namespace gx::server::net {

namespace {

constexpr qint64 kDroppedRest = 64 * 1024;         // of a body nobody wants; the connection is worth that much
constexpr qint64 kUnsentBeforePause = 256 * 1024;  // then the next request waits until the client has read

}  // namespace

HttpSession::HttpSession(HttpServer &server, Connection &connection)
    : m_server(server), m_connection(connection), m_parser(server.limits()), m_answers(connection) {
  arm(m_server.limits().headerWithin);
}

void HttpSession::received(char *bytes, qsizetype size) {
  if (m_refused) return;
  if (!m_unread.isEmpty() || !canParse()) {
    m_unread.append(bytes, size);
    m_connection.pauseReading();
    return;
  }
  parse(bytes, bytes + size);
}

bool HttpSession::canParse() const {
  if (m_refused || m_bodyPaused || !m_connection.isOpen()) return false;
  return m_inBody ||
         (m_answers.size() < m_server.limits().pipelined && m_connection.bytesWaiting() < kUnsentBeforePause);
}

void HttpSession::parse(char *at, char *end) {
  m_parsing = true;
  const char *position = at;
  HttpParser::Event event = HttpParser::Event::Complete;
  while (event != HttpParser::Event::NeedMore && canParse()) {
    event = m_parser.next(position, end);
    if (event == HttpParser::Event::Head && m_parser.framing().wantsUpgrade) return upgrade(at + (position - at), end);
    if (event == HttpParser::Event::Head) headArrived();
    if (event == HttpParser::Event::Body) bodyArrived(m_parser.body());
    if (event == HttpParser::Event::Complete) requestComplete();
    if (event == HttpParser::Event::Failed) fail(m_parser.fault());
  }
  m_parsing = false;
  if (m_refused) return;
  if (event != HttpParser::Event::NeedMore) {
    m_unread = QByteArray(position, end - position);
    m_connection.pauseReading();
  }
  updateTimer();
}

// After an answer, or when the client has read: what waited is parsed now.
void HttpSession::goOn() {
  if (m_parsing || m_refused || !canParse()) return;
  QByteArray unread = std::exchange(m_unread, QByteArray());
  m_connection.resumeReading();
  parse(unread.data(), unread.data() + unread.size());
  if (m_endReached && m_unread.isEmpty() && m_answers.isEmpty()) m_connection.finish();
}

void HttpSession::headArrived() {
  HttpRequest &request = m_parser.request();
  if (!identify(request)) return;
  if (!m_server.isAllowedHost(request)) return fail({400, "bad_request", "Host is not served here"});
  expectAnswer();
  m_inBody = true;
  m_bodyBytes = 0;
  m_handler = m_server.handlerOf(request.path);
  planBody(request);
}

// Says who asks. False: refused.
bool HttpSession::identify(HttpRequest &request) {
  const PeerAddress client = m_server.proxies().clientOf(request.headers, m_connection.socketPeer());
  if (client != m_connection.peer() && !m_connection.speaksFor(client)) {
    fail({429, "rate_limited", "too many connections that have not signed in"});
    return false;
  }
  request.peer = client;
  request.secure = m_connection.isSecure();
  return true;
}

void HttpSession::planBody(const HttpRequest &request) {
  const MessageFraming framing = m_parser.framing();
  BodyPlan plan;
  if (m_handler)
    plan = m_handler->planBody(request);
  else
    plan.refusal = m_server.problem({404, "not_found", "no such path"});
  m_maxBody = plan.maxBytes < 0 ? m_server.limits().body : plan.maxBytes;
  m_streamed = plan.streamed;
  if (!plan.refusal && framing.contentLength > m_maxBody) return fail({413, "too_large", "body too large"});
  if (plan.refusal) {
    if (!framing.isWorthDropping(kDroppedRest)) return refuse(std::move(*plan.refusal));
    m_maxBody = kDroppedRest;
    m_streamed = false;
    m_handler = nullptr;  // the body is read and thrown away
    return send(m_serial, std::move(*plan.refusal));
  }
  m_continueDue = framing.expectsContinue && m_answers.size() == 1;
  if (m_streamed) {
    m_handler->handle(std::move(m_parser.request()), token());
    if (m_inBody && m_streamed && !m_bodyPaused) sayContinue();
    return;
  }
  sayContinue();
  m_body.reserve(std::min<qint64>(framing.contentLength, kUnsentBeforePause));
}

void HttpSession::sayContinue() {
  if (std::exchange(m_continueDue, false)) m_connection.send(kContinue);
}

void HttpSession::bodyArrived(QByteArrayView piece) {
  m_bodyBytes += piece.size();
  m_rateBytes += piece.size();
  if (m_bodyBytes > m_maxBody) return fail({413, "too_large", "body too large"});
  if (!m_handler) return;
  if (m_streamed)
    m_handler->bodyArrived(token(), piece);
  else
    m_body += piece;
}

void HttpSession::requestComplete() {
  m_inBody = false;
  HttpHandler *handler = std::exchange(m_handler, nullptr);
  if (!handler) return;
  if (m_streamed) return handler->bodyEnded(token(), true);
  HttpRequest request = std::move(m_parser.request());
  request.body = std::exchange(m_body, QByteArray());
  handler->handle(std::move(request), token());
}

// The connection changes hands: this session hears nothing more after it.
void HttpSession::upgrade(char *at, char *end) {
  HttpRequest &request = m_parser.request();
  if (!identify(request)) return;
  WebSocketAcceptor *acceptor = m_server.acceptorOf(request.path);
  if (!m_server.isAllowedHost(request)) return fail({400, "bad_request", "Host is not served here"});
  if (!m_answers.isEmpty()) return fail({400, "bad_request", "Upgrade behind other requests"});
  if (!acceptor) return fail({404, "not_found", "no such path"});
  if (std::optional<HttpResponse> refusal = checkHandshake(request, m_server)) return refuse(std::move(*refusal));
  WebSocketAcceptor::Decision decision = acceptor->accept(request);
  if (!decision.listener) return refuse(std::move(decision.refusal));

  m_connection.stopTimeout();
  m_connection.send(encodeHead(handshakeAnswer(request), {}, m_server.loop().clock().wallNow()));
  auto socket = std::make_unique<WebSocket>(m_connection, *decision.listener);
  WebSocket *raw = socket.get();
  m_connection.replaceUser(std::move(socket));
  raw->start();
  if (at < end) raw->received(at, end - at);
}

void HttpSession::fail(const HttpFault &fault) {
  refuse(m_server.problem(fault));
}

// Answers and ends the connection: what follows in the stream cannot be trusted.
void HttpSession::refuse(HttpResponse response) {
  if (!m_inBody) expectAnswer();
  abandonBody();
  m_refused = true;
  response.closeConnection = true;
  if (m_answers.answer(m_serial, response))
    answered();
  else if (m_answers.isWaiting(m_serial))
    m_connection.abort();  // half of another answer was sent
  else
    m_connection.finish();  // answered before, and the dropped rest of its body is the trouble
}

void HttpSession::abandonBody() {
  m_inBody = false;
  m_body = QByteArray();
  HttpHandler *handler = std::exchange(m_handler, nullptr);
  if (handler && m_streamed) handler->bodyEnded(token(), false);
}

// After an answer that did not wait for the body (RFC 9112 9.3): a short rest is read and thrown away. A long one, or
// one that may never come because the client waits for 100 Continue, ends the connection.
bool HttpSession::dropRest() {
  const MessageFraming &framing = m_parser.framing();
  if (framing.isChunked || m_continueDue || framing.contentLength - m_bodyBytes > kDroppedRest) return false;
  HttpHandler *handler = std::exchange(m_handler, nullptr);
  if (handler) handler->bodyEnded(token(), false);
  m_streamed = false;
  m_bodyPaused = false;
  m_connection.resumeReading();
  return true;
}

void HttpSession::expectAnswer() {
  ++m_serial;
  AnswerQueue::Request expected;
  expected.serial = m_serial;
  expected.isHead = m_parser.request().method == HttpMethod::Head;
  expected.keepAlive = m_parser.framing().keepsAlive && !m_server.isDraining();
  expected.canChunk = m_parser.canChunk();
  expected.since = now();
  m_answers.expect(expected);
}

ResponseToken HttpSession::token() {
  return ResponseToken(&m_server, m_connection.id(), m_serial);
}

void HttpSession::send(quint64 serial, HttpResponse response) {
  if (m_inBody && m_streamed && serial == m_serial && !dropRest()) response.closeConnection = true;
  if (m_answers.answer(serial, response)) answered();
}

void HttpSession::begin(quint64 serial, HttpResponse head, std::optional<qint64> length) {
  if (m_inBody && m_streamed && serial == m_serial) head.closeConnection = true;
  m_answers.begin(serial, head, length);
  updateTimer();
}

void HttpSession::write(quint64 serial, const QByteArray &piece) {
  m_answers.write(serial, piece);
}

void HttpSession::end(quint64 serial) {
  if (m_answers.end(serial)) answered();
}

void HttpSession::answered() {
  if (m_answers.isClosing()) {
    m_refused = true;
    abandonBody();
    m_connection.finish();
    return;
  }
  if (m_parsing) return;
  goOn();
  if (m_endReached && m_unread.isEmpty() && m_answers.isEmpty()) return m_connection.finish();
  if (!m_refused) updateTimer();
}

void HttpSession::setDrained(quint64 serial, std::function<void()> call) {
  m_answers.setDrained(serial, std::move(call));
  m_connection.notifyDrained();
}

void HttpSession::pauseBody(quint64 serial) {
  if (!m_inBody || serial != m_serial) return;
  m_bodyPaused = true;
  m_connection.pauseReading();
}

void HttpSession::resumeBody(quint64 serial) {
  if (!m_bodyPaused || serial != m_serial) return;
  m_bodyPaused = false;
  m_rateBytes = 0;
  sayContinue();
  if (m_parsing) return m_connection.resumeReading();  // parse() goes on by itself with what came
  goOn();
  updateTimer();
}

void HttpSession::drain() {
  if (m_answers.isEmpty() && !m_inBody && !m_parser.isInsideHead()) m_connection.finish();
}

// A client that sends no more may still wait for answers. One that waits in a long poll left: nobody ends a stream to
// wait longer.
void HttpSession::endReached() {
  m_endReached = true;
  if (m_inBody || m_parser.isInsideHead()) return m_connection.abort();
  const std::size_t told = m_answers.callGone();
  if (m_answers.isEmpty() && m_unread.isEmpty()) return m_connection.finish();
  // Who wants to know that the client is gone does not answer it any more.
  if (told > 0 && told == static_cast<std::size_t>(m_answers.size())) m_connection.abort();
}

void HttpSession::drained() {
  m_answers.callDrained();
  goOn();
}

void HttpSession::gone() {
  abandonBody();
  m_answers.callGone();
}

}  // namespace gx::server::net
