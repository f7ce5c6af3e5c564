// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/net/websocket_handshake.h"

#include <QCryptographicHash>

#include "core/base/bytes.h"
#include "server/net/http_server.h"

namespace gx::server::net {

namespace {

constexpr char kGuid[] = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
constexpr qsizetype kKeyBytes = 16;

}  // namespace

std::optional<HttpResponse> checkHandshake(const HttpRequest &request, const HttpServer &server) {
  const HttpHeaders &headers = request.headers;
  if (request.method != HttpMethod::Get) return server.problem({400, "bad_request", "Upgrade without GET"});
  if (headers.count("sec-websocket-version") != 1 || headers.value("sec-websocket-version") != "13") {
    HttpResponse response = server.problem({426, "upgrade_required", "web socket version 13 is spoken here"});
    response.headers.push_back({"Sec-WebSocket-Version", "13"});
    response.headers.push_back({"Upgrade", "websocket"});
    return response;
  }
  const std::optional<QByteArray> key = fromBase64(headers.value("sec-websocket-key"));
  if (headers.count("sec-websocket-key") != 1 || !key || key->size() != kKeyBytes)
    return server.problem({400, "bad_request", "malformed Sec-WebSocket-Key"});
  return std::nullopt;
}

HttpResponse handshakeAnswer(const HttpRequest &request) {
  QCryptographicHash proof(QCryptographicHash::Sha1);
  proof.addData(request.headers.value("sec-websocket-key"));
  proof.addData(QByteArrayView(kGuid));
  HttpResponse response;
  response.status = 101;
  response.headers = {
      {"Upgrade", "websocket"}, {"Connection", "Upgrade"}, {"Sec-WebSocket-Accept", proof.result().toBase64()}};
  return response;
}

}  // namespace gx::server::net
