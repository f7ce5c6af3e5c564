// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/limits.h"
#include "server/net/http_parser.h"
#include "tests/fuzz/fuzz_input.h"

// Where a body ends. Held against a second reading of RFC 9112 that looks at everything at once: two servers that
// disagree about it are how requests are smuggled.
namespace {

using namespace gx::fuzz;
using namespace gx::server::net;
using Event = HttpParser::Event;

enum class End { More, Whole, Bad };

struct Body {
  End end = End::More;
  QByteArray data;
  qsizetype consumed = 0;  // when whole

  bool operator==(const Body &) const = default;
};

// chunked-body of RFC 9112 7.1 in the strict form that ChunkedBody takes, straight from the grammar.
class ChunkReader final {
 public:
  explicit ChunkReader(QByteArrayView bytes) : m_bytes(bytes) {}

  Body read() {
    Body body;
    while (m_end == End::More && chunk(body.data)) continue;
    body.end = m_end;
    if (m_end == End::Whole) body.consumed = m_at;
    return body;
  }

 private:
  // True: there may be another one.
  bool chunk(QByteArray &data) {
    quint64 size = 0;
    int digits = 0;
    for (; m_at < m_bytes.size() && isHex(m_bytes[m_at]); ++m_at) {
      if (++digits > 8) return stop(End::Bad);
      size = size * 16 + QByteArray(1, m_bytes[m_at]).toUInt(nullptr, 16);
    }
    if (m_at == m_bytes.size()) return stop(End::More);
    if (digits == 0) return stop(End::Bad);
    if (m_bytes[m_at] == ';') {
      int extension = 0;
      ++m_at;
      if (!text(extension)) return false;
    }
    if (!expect('\r') || !expect('\n')) return false;
    if (size == 0) return trailers();
    const qsizetype there = std::min(static_cast<qsizetype>(size), m_bytes.size() - m_at);
    data += m_bytes.sliced(m_at, there);
    m_at += there;
    return expect('\r') && expect('\n');
  }
  bool trailers() {
    int total = 0;
    while (m_at < m_bytes.size() && m_bytes[m_at] != '\r')
      if (!text(total) || !expect('\r') || !expect('\n')) return false;
    return expect('\r') && expect('\n') && stop(End::Whole);
  }
  // Up to a CR; 256 bytes at most.
  bool text(int &total) {
    for (; m_at < m_bytes.size() && m_bytes[m_at] != '\r'; ++m_at) {
      const auto c = static_cast<unsigned char>(m_bytes[m_at]);
      if ((c < 0x20 && c != '\t') || c == 0x7f || ++total > 256) return stop(End::Bad);
    }
    return m_at < m_bytes.size();
  }
  bool expect(char c) {
    if (m_at == m_bytes.size()) return false;
    if (m_bytes[m_at++] != c) return stop(End::Bad);
    return true;
  }
  bool stop(End end) {
    m_end = end;
    return false;
  }
  static bool isHex(char c) { return QByteArrayView("0123456789abcdefABCDEF").contains(c); }

  QByteArrayView m_bytes;
  qsizetype m_at = 0;
  End m_end = End::More;
};

// What the head said and what was taken of the bytes behind it.
struct Heard {
  bool isTaken = false;
  MessageFraming framing;
  Body body;
};

Heard hear(QByteArrayView head, QByteArrayView rest, qsizetype pieceSize) {
  static const NetLimits kLimits;
  HttpParser parser(kLimits);
  Heard heard;
  const char *at = head.data();
  if (parser.next(at, head.data() + head.size()) != Event::Head) return heard;
  require(at == head.data() + head.size());
  heard.isTaken = true;
  heard.framing = parser.framing();
  const auto take = [&](const char *piece, const char *end) {
    const char *from = piece;
    Event event = parser.next(piece, end);
    for (; event == Event::Body; event = parser.next(piece, end)) heard.body.data += parser.body();
    heard.body.consumed += piece - from;
    if (event == Event::Complete) heard.body.end = End::Whole;
    if (event == Event::Failed) heard.body.end = End::Bad;
    return event == Event::NeedMore;
  };
  if (take(at, at)) inPieces(rest, pieceSize, take);  // at once: no body at all
  if (heard.body.end != End::Whole) heard.body.consumed = 0;
  return heard;
}

Body expectedBody(const MessageFraming &framing, QByteArrayView rest) {
  if (framing.isChunked) return ChunkReader(rest).read();
  if (framing.contentLength > rest.size()) return {End::More, rest.toByteArray(), 0};
  return {End::Whole, rest.first(framing.contentLength).toByteArray(), framing.contentLength};
}

bool isNumber(QByteArrayView text) {
  return !text.isEmpty() && text.size() <= gx::wire::limits::kContentLengthDigits &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Counted by ourselves: at most one of both headers, and only in the forms that everybody reads alike.
void checkFraming(const Heard &heard, const QList<QByteArray> &lines) {
  QList<QByteArray> lengths;
  QList<QByteArray> codings;
  bool isClean = true;
  for (const QByteArray &line : lines) {
    isClean = isClean && std::none_of(line.begin(), line.end(), [](char c) { return c >= 0 && c < 0x20; });
    const qsizetype colon = line.indexOf(':');
    if (colon < 0) continue;
    const QByteArray name = line.first(colon).toLower();
    const QByteArray value = line.sliced(colon + 1).trimmed();
    if (name == "content-length") lengths += value;
    if (name == "transfer-encoding") codings += value;
  }
  const bool isLength = lengths.size() == 1 && codings.isEmpty() && isNumber(lengths[0]);
  const bool isChunked = codings.size() == 1 && lengths.isEmpty() && codings[0].toLower() == "chunked";
  const bool isPlain = lengths.isEmpty() && codings.isEmpty();
  if (!heard.isTaken) return require(lines.size() > 1 || !isClean || !(isLength || isChunked));
  require(isLength || isChunked || isPlain);
  require(heard.framing.isChunked == isChunked);
  require(heard.framing.contentLength == (isLength ? lengths[0].toLongLong() : 0));
}

}  // namespace

// A cut; header lines with '|' between; a line feed; the bytes behind the head.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size) {
  FuzzInput input(data, size);
  const qsizetype cut = 2 + (input.byte() & 0x1f);
  QList<QByteArray> lines = input.upTo('\n').toByteArray().split('|');
  lines.removeAll(QByteArray());
  const QByteArray head =
      "POST / HTTP/1.1\r\nHost: x\r\n" + lines.join("\r\n") + (lines.isEmpty() ? "\r\n" : "\r\n\r\n");

  const Heard whole = hear(head, input.rest(), kUncut);
  checkFraming(whole, lines);
  if (!whole.isTaken) return 0;
  require(whole.body == expectedBody(whole.framing, input.rest()));
  require(hear(head, input.rest(), 1).body == whole.body);
  require(hear(head, input.rest(), cut).body == whole.body);
  return 0;
}
