// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/net/polling_transport.h"

#include <QUrlQuery>

#include "core/base/launch.h"
#include "core/net/rest_failure.h"
#include "core/wire/engineio_payload.h"
#include "core/wire/json_reader.h"
#include "core/wire/protocol_version.h"

namespace gx::net {

using namespace Qt::StringLiterals;

namespace {

constexpr int kPacketsPerPoll = 100'000;         // the size of the answer is the limit
constexpr std::chrono::minutes kLongestPoll{5};  // the heartbeat notices earlier
constexpr qsizetype kUnknownPayload = 100'000;   // for servers that do not tell maxPayload

// Status other than 200: Engine.IO's own words, or somebody else's.
Error refusal(const HttpResponse &response) {
  const QByteArray status = "status " + QByteArray::number(response.status);
  if (response.status == 400 || response.status == 403) {
    const wire::JsonReader in(response.body);
    const qint64 code = in.has("code") ? in["code"].number(0, 1000) : -1;
    if (!in.error() && code == static_cast<int>(wire::EngineIoError::UnknownSession))
      return {ErrorKind::Network, "the server does not know the session any more", "session_unknown"};
    if (!in.error() && code >= 0)
      return {ErrorKind::Forbidden, "refused with Engine.IO code " + QByteArray::number(code), "engineio_refused"};
  }
  if (response.status == 429) return {ErrorKind::RateLimited, status, "rate_limited"};
  if (response.status >= 502 && response.status <= 504) return {ErrorKind::Unavailable, status, "relay_unreachable"};
  return {ErrorKind::Unavailable, status, kNotARelay};
}

wire::EngineIoPacket packetOf(const EngineIoFrame &frame) {
  if (frame.isBinary) return wire::engineIoBinary(frame.bytes);
  return {static_cast<wire::EngineIoType>(frame.bytes.at(0)), QByteArrayView(frame.bytes).sliced(1)};
}

EngineIoFrame frameOf(const wire::EngineIoPacket &packet) {
  if (packet.isBinary) return {packet.data.toByteArray(), true};
  return {wire::encodeEngineIoText(packet.type, packet.data)};
}

}  // namespace

PollingTransport::PollingTransport(HttpClient &http, EngineIoOptions options, QObject *parent)
    : EngineIoTransport(parent), m_http(http), m_options(std::move(options)) {}

void PollingTransport::open(const QByteArray &sid) {
  m_handshake.sid = sid;
  poll();
}

void PollingTransport::useSession(const wire::EngineIoHandshake &handshake) {
  m_handshake = handshake;
}

void PollingTransport::send(const EngineIoFrame &frame) {
  if (m_isClosed || m_isPausing) return;
  m_bytesQueued += frame.bytes.size();
  m_queue.push_back(frame);
  post();
}

void PollingTransport::pause() {
  m_isPausing = true;
  goOn();
}

void PollingTransport::close() {
  if (m_isClosed) return;
  m_isClosed = true;
  m_stop.request_stop();
  if (m_handshake.sid.isEmpty()) return;
  HttpRequest goodbye = request("POST");
  goodbye.body = wire::encodeEngineIoText(wire::EngineIoType::Close);
  launch(this, m_http.send(std::move(goodbye)), [](const Result<HttpResponse> &) {});
}

HttpRequest PollingTransport::request(const QByteArray &method) {
  HttpRequest request;
  request.method = method;
  request.url = m_options.url;
  QUrlQuery query;
  query.addQueryItem(u"EIO"_s, QString::number(wire::kEngineIoVersion));
  query.addQueryItem(u"transport"_s, u"polling"_s);
  if (!m_handshake.sid.isEmpty()) query.addQueryItem(u"sid"_s, QString::fromLatin1(m_handshake.sid));
  query.addQueryItem(u"t"_s, QString::number(m_nextRequest++, 36));
  request.url.setQuery(query);
  request.maxResponse = 2 * m_options.maxMessage;  // room for base64 and for several packets
  if (method == "POST") request.headers.emplaceBack("Content-Type", "text/plain;charset=UTF-8");
  return request;
}

void PollingTransport::poll() {
  m_isPolling = true;
  HttpRequest wanted = request("GET");
  wanted.timeout = m_handshake.sid.isEmpty() ? m_options.connectTime : kLongestPoll;
  launch(this, m_http.send(std::move(wanted), m_stop.get_token()),
         [this](const Result<HttpResponse> &response) { takePoll(response); });
}

void PollingTransport::takePoll(const Result<HttpResponse> &response) {
  m_isPolling = false;
  if (m_isClosed) return;
  if (!response) return end(response.error());
  if (response->status != 200) return end(refusal(*response));
  takePackets(*response);
  if (!m_isClosed) goOn();
}

void PollingTransport::takePackets(const HttpResponse &response) {
  wire::EngineIoPayloadReader packets(response.body, kPacketsPerPoll);
  if (!std::exchange(m_isOpen, true)) {
    if (!response.body.startsWith('0')) return end({ErrorKind::Unavailable, "the answer is not Engine.IO", kNotARelay});
    Q_EMIT opened();
  }
  while (!m_isClosed) {
    const auto packet = packets.next();
    const bool isHtml = response.header("Content-Type").startsWith("text/html");
    if (!packet && isHtml) return end({ErrorKind::Unavailable, "a page instead of packets", kNotARelay});
    if (!packet) return end({ErrorKind::Invalid, packet.error().detail, kProtocolError});
    if (!*packet) return;
    Q_EMIT received(frameOf(**packet));
  }
}

// The next GET, or the end of pause().
void PollingTransport::goOn() {
  if (!m_isPausing) return poll();
  if (!m_isPolling && !m_isPosting && m_queue.empty()) Q_EMIT paused();
}

void PollingTransport::post() {
  if (m_isPosting || m_queue.empty() || m_isClosed) return;
  m_isPosting = true;
  HttpRequest wanted = request("POST");
  wanted.body = nextPayload();
  launch(this, m_http.send(std::move(wanted), m_stop.get_token()),
         [this](const Result<HttpResponse> &response) { takePost(response); });
}

void PollingTransport::takePost(const Result<HttpResponse> &response) {
  m_isPosting = false;
  if (m_isClosed) return;
  if (!response) return end(response.error());
  if (response->status != 200) return end(refusal(*response));
  if (m_isPausing && m_queue.empty()) return goOn();
  post();
}

// As many packets as one POST may hold.
QByteArray PollingTransport::nextPayload() {
  const qsizetype most = m_handshake.maxPayload > 0 ? m_handshake.maxPayload : kUnknownPayload;
  QByteArray payload;
  for (int packets = 0; !m_queue.empty() && packets < wire::limits::kEnginePacketsPerPost; ++packets) {
    const EngineIoFrame &next = m_queue.front();
    if (packets > 0 && payload.size() + wire::payloadSize(packetOf(next)) > most) break;
    wire::appendToPayload(payload, packetOf(next));
    m_bytesQueued -= next.bytes.size();
    m_queue.pop_front();
  }
  return payload;
}

void PollingTransport::end(const Error &reason) {
  if (m_isClosed) return;
  m_isClosed = true;
  m_stop.request_stop();
  Q_EMIT failed(reason);
}

}  // namespace gx::net
