// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <optional>
#include <vector>

#include "server/net/peer_address.h"

namespace gx::server::net {

enum class HttpMethod : quint8 { Get, Head, Post, Put, Patch, Delete, Options };

// "GET".
[[nodiscard]] QByteArrayView methodName(HttpMethod method);

// The header fields of one request: one block of bytes and where the fields lie in it; names in lower case.
class HttpHeaders final {
 public:
  // Empty view when there is none; of several the first. `lowerCaseName` in lower case.
  [[nodiscard]] QByteArrayView value(QByteArrayView lowerCaseName) const;
  [[nodiscard]] bool contains(QByteArrayView lowerCaseName) const { return count(lowerCaseName) > 0; }
  [[nodiscard]] int count(QByteArrayView lowerCaseName) const;
  [[nodiscard]] qsizetype size() const { return static_cast<qsizetype>(m_fields.size()); }
  [[nodiscard]] QByteArrayView nameAt(qsizetype i) const;
  [[nodiscard]] QByteArrayView valueAt(qsizetype i) const;
  // True when the comma-separated list holds the token, whatever its case.
  [[nodiscard]] bool listHolds(QByteArrayView lowerCaseName, QByteArrayView token) const;

  void append(QByteArrayView name, QByteArrayView value);
  void reserve(qsizetype fields, qsizetype bytes);

 private:
  struct Field {
    quint32 nameAt, nameSize, valueAt, valueSize;
  };
  QByteArray m_block;
  std::vector<Field> m_fields;
};

// One request, already checked: path percent-decoded and free of ".", "..", "//", NUL and ";".
struct HttpRequest {
  HttpMethod method = HttpMethod::Get;
  QByteArray path;   // "/api/v1/keys"
  QByteArray query;  // as sent, without '?'
  HttpHeaders headers;
  QByteArray body;  // whole, unless the handler asked for a stream
  PeerAddress peer;
  bool secure = false;  // came over TLS

  // Percent-decoded value of the first parameter of that name; nothing when absent or not valid UTF-8.
  [[nodiscard]] std::optional<QByteArray> queryValue(QByteArrayView name) const;
};

struct HttpHeaderLine {
  QByteArray name;
  QByteArray value;

  bool operator==(const HttpHeaderLine &) const = default;
};

// One answer. Content-Length, Connection and Date are added on the way out. Names and values must be free of control
// characters (a line break would split the answer); such lines are left out and logged.
struct HttpResponse {
  int status = 200;
  QByteArray contentType;  // none when empty
  QByteArray body;
  std::vector<HttpHeaderLine> headers;
  bool closeConnection = false;

  [[nodiscard]] static HttpResponse json(int status, QByteArray body);
  [[nodiscard]] static HttpResponse text(int status, QByteArray body);
  // {"code": …, "message": …}: what the network layer itself answers with; server/http makes richer ones.
  [[nodiscard]] static HttpResponse problem(int status, QByteArrayView code, QByteArrayView message);
};

// "Not Found".
[[nodiscard]] QByteArrayView reasonPhrase(int status);

}  // namespace gx::server::net
