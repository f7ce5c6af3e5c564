// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/net/http_parser.h"

#include <http_parser.h>

#include <algorithm>

#include "server/net/request_target.h"

namespace gx::server::net {

namespace {

// What libhttp-parser found in a head.
struct LibraryView {
  QByteArray target;
  HttpHeaders *headers = nullptr;
  QByteArray name;
  QByteArray value;
  int fields = 0;
  bool inValue = false;

  void finishField() {
    if (!inValue) return;
    headers->append(name, QByteArrayView(value).trimmed());
    ++fields;
    name.resize(0);
    value.resize(0);
    inValue = false;
  }
};

LibraryView &viewOf(http_parser *parser) {
  return *static_cast<LibraryView *>(parser->data);
}

const http_parser_settings &librarySettings() {
  static const http_parser_settings settings = [] {
    http_parser_settings s;
    http_parser_settings_init(&s);
    s.on_url = [](http_parser *p, const char *at, std::size_t size) {
      viewOf(p).target.append(at, static_cast<qsizetype>(size));
      return 0;
    };
    s.on_header_field = [](http_parser *p, const char *at, std::size_t size) {
      viewOf(p).finishField();
      viewOf(p).name.append(at, static_cast<qsizetype>(size));
      return 0;
    };
    s.on_header_value = [](http_parser *p, const char *at, std::size_t size) {
      viewOf(p).inValue = true;
      viewOf(p).value.append(at, static_cast<qsizetype>(size));
      return 0;
    };
    s.on_headers_complete = [](http_parser *p) {
      viewOf(p).finishField();
      return 1;  // no body: FramingRules and ChunkedBody see to it
    };
    return s;
  }();
  return settings;
}

std::optional<HttpMethod> methodOf(unsigned int method) {
  switch (method) {
    case HTTP_GET:
      return HttpMethod::Get;
    case HTTP_HEAD:
      return HttpMethod::Head;
    case HTTP_POST:
      return HttpMethod::Post;
    case HTTP_PUT:
      return HttpMethod::Put;
    case HTTP_PATCH:
      return HttpMethod::Patch;
    case HTTP_DELETE:
      return HttpMethod::Delete;
    case HTTP_OPTIONS:
      return HttpMethod::Options;
    default:
      return std::nullopt;
  }
}

HttpFault faultOf(const http_parser &parser) {
  switch (HTTP_PARSER_ERRNO(&parser)) {
    case HPE_INVALID_VERSION:
      return {505, "http_version", "HTTP version not supported"};
    case HPE_INVALID_METHOD:
      return {400, "bad_request", "unknown method"};
    default:
      return {400, "bad_request", "malformed request"};
  }
}

}  // namespace

HttpParser::Event HttpParser::next(const char *&at, const char *end) {
  switch (m_state) {
    case State::Head:
      return nextHead(at, end);
    case State::FixedBody:
      return nextFixed(at, end);
    case State::ChunkedBody:
      return nextChunk(at, end);
    case State::Done:
      m_state = State::Head;
      return Event::Complete;
    case State::Failed:
      break;
  }
  return Event::Failed;
}

HttpParser::Event HttpParser::failed(const HttpFault &fault) {
  m_state = State::Failed;
  m_fault = fault;
  m_head = QByteArray();
  return Event::Failed;
}

HttpParser::Event HttpParser::nextHead(const char *&at, const char *end) {
  if (at == end) return Event::NeedMore;
  const QByteArrayView input(at, end - at);
  const qsizetype before = m_head.size();
  if (before > 0) m_head += input;
  const QByteArrayView head = before > 0 ? QByteArrayView(m_head) : input;
  switch (m_scanner.scan(head)) {
    case HeadScanner::Outcome::Failed:
      return failed(m_scanner.fault());
    case HeadScanner::Outcome::NeedMore:
      if (before == 0) m_head = input.toByteArray();
      at = end;
      return Event::NeedMore;
    case HeadScanner::Outcome::Complete:
      break;
  }
  at += m_scanner.end() - before;
  const Event event =
      takeHead(head.sliced(m_scanner.start(), m_scanner.end() - m_scanner.start()), m_scanner.fieldCount());
  m_head = QByteArray();
  m_scanner.reset();
  return event;
}

HttpParser::Event HttpParser::takeHead(QByteArrayView head, int fieldCount) {
  m_request = HttpRequest();
  m_request.headers.reserve(fieldCount, head.size());
  m_framing = MessageFraming();
  LibraryView view;
  view.headers = &m_request.headers;
  http_parser parser;
  http_parser_init(&parser, HTTP_REQUEST);
  parser.data = &view;
  const std::size_t read =
      http_parser_execute(&parser, &librarySettings(), head.data(), static_cast<std::size_t>(head.size()));
  if (HTTP_PARSER_ERRNO(&parser) != HPE_OK) return failed(faultOf(parser));
  if (static_cast<qsizetype>(read) != head.size() || view.fields != fieldCount)
    return failed({400, "bad_request", "malformed request"});
  if (parser.http_major != 1) return failed({505, "http_version", "HTTP version not supported"});

  const std::optional<HttpMethod> method = methodOf(parser.method);
  if (!method) return failed({405, "method_not_allowed", "method not allowed"});
  m_request.method = *method;
  m_minorVersion = parser.http_minor;
  if (!readTarget(view.target)) return failed({400, "bad_request", "malformed request target"});
  if (const auto fault = FramingRules(m_request, parser.http_minor).apply(m_framing)) return failed(*fault);

  m_left = m_framing.contentLength;
  m_chunks.reset();
  m_state = m_framing.isChunked ? State::ChunkedBody : m_left > 0 ? State::FixedBody : State::Done;
  return Event::Head;
}

bool HttpParser::readTarget(QByteArrayView target) {
  std::optional<RequestTarget> parsed = RequestTarget::parse(target);
  if (!parsed) return false;
  m_request.path = std::move(parsed->path);
  m_request.query = std::move(parsed->query);
  return true;
}

HttpParser::Event HttpParser::nextFixed(const char *&at, const char *end) {
  if (at == end) return Event::NeedMore;
  const qint64 size = std::min<qint64>(m_left, end - at);
  m_body = QByteArrayView(at, size);
  at += size;
  m_left -= size;
  if (m_left == 0) m_state = State::Done;
  return Event::Body;
}

HttpParser::Event HttpParser::nextChunk(const char *&at, const char *end) {
  const ChunkedBody::Step step = m_chunks.next(at, end);
  switch (step.kind) {
    case ChunkedBody::Step::Kind::NeedMore:
      return Event::NeedMore;
    case ChunkedBody::Step::Kind::Data:
      m_body = step.data;
      return Event::Body;
    case ChunkedBody::Step::Kind::End:
      m_state = State::Head;
      return Event::Complete;
    case ChunkedBody::Step::Kind::Failed:
      break;
  }
  return failed({400, "bad_request", "malformed chunk"});
}

}  // namespace gx::server::net
