// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/net/websocket_transport.h"

#include <QSslSocket>
#include <QUrlQuery>
#include <QWebSocket>

#include "core/net/network_setup.h"
#include "core/wire/event_names.h"
#include "core/wire/protocol_version.h"

namespace gx::net {

using namespace Qt::StringLiterals;

// What Qt knows of the connection; kept out of the header.
class WebSocketTransport::Socket final {
 public:
  QWebSocket socket{QString(), QWebSocketProtocol::VersionLatest};
  QList<QSslError> tlsErrors{};
  std::optional<QAbstractSocket::SocketError> error{};
};

namespace {

constexpr int kCloseServiceRestart = 1012;  // Qt 6.4 turns it into 1002; a relay says `closing` before

Error closeReason(int code) {
  switch (code) {
    case wire::kCloseUnauthorized:
      return {ErrorKind::Unauthorized, "the token was revoked or expired", "unauthorized"};
    case wire::kCloseReplaced:
      return {ErrorKind::Conflict, "a newer connection took over", "connection_replaced"};
    case QWebSocketProtocol::CloseCodePolicyViolated:
      return {ErrorKind::Invalid, "a limit was passed", kProtocolError};
    case QWebSocketProtocol::CloseCodeTooMuchData:
      return {ErrorKind::TooLarge, "a message was too long", "too_large"};
    case kCloseServiceRestart:
      return {ErrorKind::Unavailable, "the server restarts", "relay_restarts"};
    default:
      return {ErrorKind::Network, "closed with code " + QByteArray::number(code), "connection_cut"};
  }
}

QUrl socketUrl(const EngineIoOptions &options, const QByteArray &sid) {
  QUrl url = options.url;
  url.setScheme(url.scheme() == "https"_L1 ? u"wss"_s : u"ws"_s);
  QUrlQuery query;
  query.addQueryItem(u"EIO"_s, QString::number(wire::kEngineIoVersion));
  query.addQueryItem(u"transport"_s, u"websocket"_s);
  if (!sid.isEmpty()) query.addQueryItem(u"sid"_s, QString::fromLatin1(sid));
  url.setQuery(query);
  return url;
}

}  // namespace

WebSocketTransport::WebSocketTransport(TlsPolicy policy, EngineIoOptions options, QObject *parent)
    : EngineIoTransport(parent), m_policy(std::move(policy)), m_options(std::move(options)) {}

WebSocketTransport::~WebSocketTransport() {
  if (m_socket) m_socket->socket.disconnect(this);
}

void WebSocketTransport::open(const QByteArray &sid) {
  const auto tls = tlsConfiguration(m_policy);
  if (!tls) return end(tls.error());
  m_socket = std::make_unique<Socket>();
  QWebSocket &socket = m_socket->socket;
  socket.setMaxAllowedIncomingFrameSize(static_cast<quint64>(m_options.maxMessage));
  socket.setMaxAllowedIncomingMessageSize(static_cast<quint64>(m_options.maxMessage));
  socket.setSslConfiguration(*tls);
  socket.setProxy(proxyFor(m_policy.proxy, m_options.url));
  listen();
  QNetworkRequest request(socketUrl(m_options, sid));
  request.setRawHeader("User-Agent", "gx/" GX_VERSION);
  socket.open(request);
  // Qt sends its request right after the handshake; only its inner socket tells of the moment between.
  if (const auto *inner = socket.findChild<QSslSocket *>())
    connect(inner, &QSslSocket::encrypted, this, &WebSocketTransport::checkPeer);
}

void WebSocketTransport::listen() {
  QWebSocket *socket = &m_socket->socket;
  connect(socket, &QWebSocket::sslErrors, this,
          [this](const QList<QSslError> &errors) { m_socket->tlsErrors = errors; });
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
  constexpr auto errorSignal = &QWebSocket::errorOccurred;
#else
  constexpr auto errorSignal = qOverload<QAbstractSocket::SocketError>(&QWebSocket::error);
#endif
  connect(socket, errorSignal, this, [this](QAbstractSocket::SocketError error) {
    m_socket->error = error;
    if (!m_isOpen) takeEnd();  // a refused request is not followed by disconnected()
  });
  // Queued: the error that says why comes after it.
  connect(socket, &QWebSocket::disconnected, this, &WebSocketTransport::takeEnd, Qt::QueuedConnection);
  connect(socket, &QWebSocket::connected, this, [this] {
    m_isOpen = true;
    if (!m_isClosed) Q_EMIT opened();
  });
  connect(socket, &QWebSocket::textMessageReceived, this, [this](const QString &text) {
    if (!m_isClosed) Q_EMIT received({text.toUtf8()});
  });
  connect(socket, &QWebSocket::binaryMessageReceived, this, [this](const QByteArray &bytes) {
    if (!m_isClosed) Q_EMIT received({bytes, true});
  });
}

void WebSocketTransport::checkPeer() {
  const auto *inner = m_socket->socket.findChild<QSslSocket *>();
  if (!inner) return;
  if (const auto error = pinError(m_policy, inner->sslConfiguration())) {
    m_socket->socket.abort();
    end(*error);
  }
}

// No signal tells a refused request from a lost connection; whether it was open does.
void WebSocketTransport::takeEnd() {
  const QWebSocket &socket = m_socket->socket;
  if (m_isOpen) {
    const bool isCut = socket.closeCode() == QWebSocketProtocol::CloseCodeAbnormalDisconnection;
    return end(isCut ? routeError(RouteFailure::Cut) : closeReason(socket.closeCode()));
  }
  const auto error = m_socket->error.value_or(QAbstractSocket::RemoteHostClosedError);
  // Qt names a refused upgrade so, too.
  const bool isAnswer = socket.errorString().contains("http"_L1, Qt::CaseInsensitive);
  if (error == QAbstractSocket::ConnectionRefusedError && isAnswer)
    return end({ErrorKind::Network, "the WebSocket upgrade was refused", "upgrade_refused"});
  end(routeError(routeFailure(error, socket.proxy()), m_socket->tlsErrors));
}

void WebSocketTransport::useSession(const wire::EngineIoHandshake &) {}

void WebSocketTransport::send(const EngineIoFrame &frame) {
  if (!m_isOpen || m_isClosed) return;
  if (frame.isBinary)
    m_socket->socket.sendBinaryMessage(frame.bytes);
  else
    m_socket->socket.sendTextMessage(QString::fromUtf8(frame.bytes));
}

// Nothing upgrades from a WebSocket.
void WebSocketTransport::pause() {
  Q_EMIT paused();
}

void WebSocketTransport::close() {
  if (m_isClosed) return;
  m_isClosed = true;
  if (!m_socket) return;
  m_socket->socket.disconnect(this);
  m_isOpen ? m_socket->socket.close() : m_socket->socket.abort();
}

qsizetype WebSocketTransport::bytesQueued() const {
  return m_socket ? m_socket->socket.bytesToWrite() : 0;
}

void WebSocketTransport::end(const Error &reason) {
  if (m_isClosed) return;
  m_isClosed = true;
  Q_EMIT failed(reason);
}

}  // namespace gx::net
