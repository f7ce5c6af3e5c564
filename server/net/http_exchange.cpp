// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/net/http_exchange.h"

#include <http_parser.h>

#include <algorithm>

#include "core/wire/json_writer.h"
#include "server/net/request_target.h"

namespace gx::server::net {

namespace {

bool equalsIgnoringCase(QByteArrayView a, QByteArrayView b) {
  return a.size() == b.size() && qstrnicmp(a.data(), b.data(), static_cast<std::size_t>(a.size())) == 0;
}

}  // namespace

QByteArrayView methodName(HttpMethod method) {
  switch (method) {
    case HttpMethod::Get:
      return "GET";
    case HttpMethod::Head:
      return "HEAD";
    case HttpMethod::Post:
      return "POST";
    case HttpMethod::Put:
      return "PUT";
    case HttpMethod::Patch:
      return "PATCH";
    case HttpMethod::Delete:
      return "DELETE";
    case HttpMethod::Options:
      return "OPTIONS";
  }
  return {};
}

QByteArrayView HttpHeaders::nameAt(qsizetype i) const {
  const Field &field = m_fields[static_cast<std::size_t>(i)];
  return QByteArrayView(m_block).sliced(field.nameAt, field.nameSize);
}

QByteArrayView HttpHeaders::valueAt(qsizetype i) const {
  const Field &field = m_fields[static_cast<std::size_t>(i)];
  return QByteArrayView(m_block).sliced(field.valueAt, field.valueSize);
}

QByteArrayView HttpHeaders::value(QByteArrayView lowerCaseName) const {
  for (qsizetype i = 0; i < size(); ++i)
    if (nameAt(i) == lowerCaseName) return valueAt(i);
  return {};
}

int HttpHeaders::count(QByteArrayView lowerCaseName) const {
  int count = 0;
  for (qsizetype i = 0; i < size(); ++i) count += nameAt(i) == lowerCaseName ? 1 : 0;
  return count;
}

bool HttpHeaders::listHolds(QByteArrayView lowerCaseName, QByteArrayView token) const {
  for (qsizetype i = 0; i < size(); ++i) {
    if (nameAt(i) != lowerCaseName) continue;
    QByteArrayView rest = valueAt(i);
    while (!rest.isEmpty()) {
      const qsizetype comma = rest.indexOf(',');
      const QByteArrayView item = comma < 0 ? rest : rest.first(comma);
      if (equalsIgnoringCase(item.trimmed(), token)) return true;
      rest = comma < 0 ? QByteArrayView() : rest.sliced(comma + 1);
    }
  }
  return false;
}

void HttpHeaders::append(QByteArrayView name, QByteArrayView value) {
  const auto at = static_cast<quint32>(m_block.size());
  const auto nameSize = static_cast<quint32>(name.size());
  m_fields.push_back({at, nameSize, at + nameSize, static_cast<quint32>(value.size())});
  for (const char c : name) m_block += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  m_block += value;
}

void HttpHeaders::reserve(qsizetype fields, qsizetype bytes) {
  m_fields.reserve(static_cast<std::size_t>(fields));
  m_block.reserve(bytes);
}

std::optional<QByteArray> HttpRequest::queryValue(QByteArrayView name) const {
  return net::queryValue(query, name);
}

HttpResponse HttpResponse::json(int status, QByteArray body) {
  HttpResponse response;
  response.status = status;
  response.contentType = "application/json";
  response.body = std::move(body);
  return response;
}

HttpResponse HttpResponse::text(int status, QByteArray body) {
  HttpResponse response;
  response.status = status;
  response.contentType = "text/plain; charset=UTF-8";
  response.body = std::move(body);
  return response;
}

HttpResponse HttpResponse::problem(int status, QByteArrayView code, QByteArrayView message) {
  wire::JsonWriter json;
  json.beginObject().key("code").text(code).key("message").text(message).endObject();
  return HttpResponse::json(status, json.take());
}

QByteArrayView reasonPhrase(int status) {
  const char *phrase = http_status_str(static_cast<http_status>(status));
  return QByteArrayView(phrase) == QByteArrayView("<unknown>") ? QByteArrayView("Status") : QByteArrayView(phrase);
}

}  // namespace gx::server::net
