// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/utf8.h"
#include "server/net/http_parser.h"
#include "tests/fuzz/fuzz_input.h"

// The requests of one connection, whole, cut at every byte and cut elsewhere: the same is heard. What was taken is
// written down again and read as the same.
namespace {

using namespace gx::fuzz;
using namespace gx::server::net;
using Event = HttpParser::Event;

// Limits that an input of some hundred bytes can reach.
NetLimits smallLimits() {
  NetLimits limits;
  limits.requestLine = 64;
  limits.headerLine = 48;
  limits.headerCount = 8;
  limits.headerTotal = 160;
  return limits;
}

struct Taken {
  QByteArray method;
  QByteArray path;
  QByteArray query;
  QList<QByteArray> headers;  // "name:value"
  QByteArray body;
  bool isChunked = false;
  bool canChunk = false;
  bool keepsAlive = false;
  bool wantsUpgrade = false;
  bool isWhole = false;

  bool operator==(const Taken &) const = default;
};

struct Heard {
  QList<Taken> requests;
  int status = 0;
  QByteArray code;
  bool isInsideHead = false;

  bool operator==(const Heard &) const = default;
};

Taken headOf(HttpParser &parser, const NetLimits &limits) {
  const HttpRequest &request = parser.request();
  const MessageFraming &framing = parser.framing();
  Taken taken;
  taken.method = methodName(request.method).toByteArray();
  taken.path = request.path;
  taken.query = request.query;
  for (qsizetype i = 0; i < request.headers.size(); ++i)
    taken.headers += request.headers.nameAt(i).toByteArray() + ':' + request.headers.valueAt(i).toByteArray();
  taken.isChunked = framing.isChunked;
  taken.canChunk = parser.canChunk();
  taken.keepsAlive = framing.keepsAlive;
  taken.wantsUpgrade = framing.wantsUpgrade;
  require(request.path.startsWith('/') && gx::wire::isUtf8(request.path));
  require(request.headers.size() <= limits.headerCount);
  require(!framing.isChunked || framing.contentLength == 0);
  require(!framing.wantsUpgrade || !framing.hasBody());
  require(request.headers.count("host") == 1 || !parser.canChunk());
  for (const QByteArray &line : taken.headers)
    require(line.size() <= limits.headerLine && line == line.trimmed() && !line.contains('\n') && !line.contains('\r'));
  return taken;
}

// False when the connection must end.
bool take(HttpParser &parser, Event event, const NetLimits &limits, Heard &heard) {
  if (event == Event::Head) heard.requests += headOf(parser, limits);
  if (event == Event::Body) heard.requests.last().body += parser.body();
  if (event == Event::Complete) heard.requests.last().isWhole = true;
  if (event != Event::Failed) return true;
  heard.status = parser.fault().status;
  heard.code = parser.fault().code;
  require(heard.status >= 400 && !heard.code.isEmpty());
  return false;
}

Heard hear(QByteArrayView bytes, qsizetype pieceSize, const NetLimits &limits) {
  HttpParser parser(limits);
  Heard heard;
  inPieces(bytes, pieceSize, [&](const char *at, const char *end) {
    for (Event event = parser.next(at, end); event != Event::NeedMore; event = parser.next(at, end)) {
      require(at <= end);
      if (!take(parser, event, limits, heard)) return false;
    }
    require(at == end);
    return true;
  });
  heard.isInsideHead = parser.isInsideHead();
  return heard;
}

QByteArray written(const Taken &taken) {
  QByteArray bytes = taken.method + ' ' + taken.path.toPercentEncoding("/!$&'()*+,=:@");
  if (!taken.query.isEmpty()) bytes += '?' + taken.query;
  bytes += taken.canChunk ? " HTTP/1.1\r\n" : " HTTP/1.0\r\n";
  for (const QByteArray &line : taken.headers) bytes += line + "\r\n";
  bytes += "\r\n";
  if (!taken.isChunked) return bytes + taken.body;
  if (!taken.body.isEmpty()) bytes += QByteArray::number(taken.body.size(), 16) + "\r\n" + taken.body + "\r\n";
  return bytes + "0\r\n\r\n";
}

}  // namespace

// The first byte chooses the limits and a cut.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size) {
  static const NetLimits kSmall = smallLimits();
  static const NetLimits kUsual;
  FuzzInput input(data, size);
  const quint8 choice = input.byte();
  const NetLimits &limits = choice & 0x80 ? kSmall : kUsual;

  const Heard whole = hear(input.rest(), kUncut, limits);
  require(hear(input.rest(), 1, limits) == whole);
  require(hear(input.rest(), 2 + (choice & 0x7f), limits) == whole);

  QByteArray again;
  Heard expected;
  for (const Taken &taken : whole.requests) {
    if (!taken.isWhole) continue;
    again += written(taken);
    expected.requests += taken;
  }
  require(hear(again, kUncut, limits) == expected);
  return 0;
}
