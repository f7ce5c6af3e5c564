// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/json_tokens.h"

#include <algorithm>
#include <cstring>

#include "core/wire/utf8.h"

namespace gx::wire {

namespace {

bool isDigit(const char *at, const char *end) {
  return at != end && *at >= '0' && *at <= '9';
}

constexpr qsizetype kBlock = 32;

// A whole block at once (compilers turn this into a few vector instructions): is one of its bytes a quote, a backslash,
// a control character or not ASCII?
bool hasSpecial(const char *at) {
  unsigned char found = 0;
  for (qsizetype i = 0; i < kBlock; ++i) {
    const auto c = static_cast<signed char>(at[i]);
    found |= static_cast<unsigned char>((c < 0x20) | (c == '"') | (c == '\\'));
  }
  return found != 0;
}

bool isPlain(char c) {
  return static_cast<signed char>(c) >= 0x20 && c != '"' && c != '\\';
}

// Value of four hex digits, -1 if they are not there.
int hexQuad(const char *at, const char *end) {
  if (end - at < 4) return -1;
  int value = 0;
  for (int i = 0; i < 4; ++i) {
    const char c = at[i];
    if (c >= '0' && c <= '9')
      value = value * 16 + (c - '0');
    else if (c >= 'a' && c <= 'f')
      value = value * 16 + (c - 'a' + 10);
    else if (c >= 'A' && c <= 'F')
      value = value * 16 + (c - 'A' + 10);
    else
      return -1;
  }
  return value;
}

// `at` is behind the backslash. Behind the escape, null for a bad one.
const char *skipEscape(const char *at, const char *end) {
  if (at == end) return nullptr;
  if (*at != 'u') return std::strchr("\"\\/bfnrt", *at) != nullptr && *at != '\0' ? at + 1 : nullptr;
  const int unit = hexQuad(at + 1, end);
  at += 5;
  if (unit < 0 || (unit >= 0xDC00 && unit <= 0xDFFF)) return nullptr;
  if (unit < 0xD800 || unit > 0xDBFF) return at;
  if (end - at < 6 || at[0] != '\\' || at[1] != 'u') return nullptr;
  const int low = hexQuad(at + 2, end);
  return low >= 0xDC00 && low <= 0xDFFF ? at + 6 : nullptr;
}

// Behind the number, null for a bad one.
const char *skipNumber(const char *at, const char *end) {
  if (at != end && *at == '-') ++at;
  if (!isDigit(at, end)) return nullptr;
  if (*at == '0')
    ++at;
  else
    while (isDigit(at, end)) ++at;
  if (at != end && *at == '.') {
    if (!isDigit(++at, end)) return nullptr;
    while (isDigit(at, end)) ++at;
  }
  if (at != end && (*at == 'e' || *at == 'E')) {
    ++at;
    if (at != end && (*at == '+' || *at == '-')) ++at;
    if (!isDigit(at, end)) return nullptr;
    while (isDigit(at, end)) ++at;
  }
  return at;
}

}  // namespace

JsonTokens::JsonTokens(QByteArrayView text, int maxDepth)
    : m_begin(text.data()),
      m_at(text.data()),
      m_end(text.data() + text.size()),
      m_tokenBegin(text.data()),
      m_tokenEnd(text.data()),
      m_maxDepth(std::min(maxDepth, kDeepest)) {}

JsonToken JsonTokens::next() {
  skipSpace();
  switch (m_expect) {
    case Expect::Value:
      return value();
    case Expect::ValueOrEnd:
      return m_at != m_end && *m_at == ']' ? close() : value();
    case Expect::Key:
      return key();
    case Expect::KeyOrEnd:
      return m_at != m_end && *m_at == '}' ? close() : key();
    case Expect::CommaOrEnd:
      return afterValue();
    case Expect::TextEnd:
      m_tokenBegin = m_tokenEnd = m_at;
      return m_at == m_end ? JsonToken::End : bad("text after the value");
    case Expect::Nothing:
      break;
  }
  return JsonToken::Bad;
}

JsonToken JsonTokens::afterValue() {
  if (m_at == m_end) return bad("text ends inside a container");
  if (*m_at == (isInObject() ? '}' : ']')) return close();
  if (*m_at != ',') return bad("no comma");
  ++m_at;
  skipSpace();
  return isInObject() ? key() : value();
}

JsonToken JsonTokens::value() {
  if (m_at == m_end) return bad("no value");
  switch (*m_at) {
    case '{':
      return open(true);
    case '[':
      return open(false);
    case 't':
      return literal("true", JsonToken::True);
    case 'f':
      return literal("false", JsonToken::False);
    case 'n':
      return literal("null", JsonToken::Null);
    case '"': {
      const char *end = skipString();
      return end != nullptr ? finish(end, JsonToken::String) : bad("bad string");
    }
    default: {
      const char *end = skipNumber(m_at, m_end);
      return end != nullptr ? finish(end, JsonToken::Number) : bad("no value");
    }
  }
}

JsonToken JsonTokens::key() {
  if (m_at == m_end || *m_at != '"') return bad("no key");
  const char *end = skipString();
  if (end == nullptr) return bad("bad key");
  m_tokenBegin = m_at;
  m_tokenEnd = m_at = end;
  skipSpace();
  if (m_at == m_end || *m_at != ':') return bad("no colon");
  ++m_at;
  m_expect = Expect::Value;
  return JsonToken::Key;
}

// m_at is at the opening quote. Behind the closing quote, null for a bad string.
const char *JsonTokens::skipString() {
  m_hasEscape = false;
  const char *at = m_at + 1;
  for (;;) {
    while (m_end - at >= kBlock && !hasSpecial(at)) at += kBlock;
    while (at != m_end && isPlain(*at)) ++at;
    if (at == m_end) return nullptr;
    if (*at == '"') return at + 1;
    if (*at == '\\') {
      m_hasEscape = true;
      at = skipEscape(at + 1, m_end);
      if (at == nullptr) return nullptr;
    } else {
      const int length = utf8SequenceLength(at, m_end);  // 0 for a control character too
      if (length == 0) return nullptr;
      at += length;
    }
  }
}

JsonToken JsonTokens::open(bool isObject) {
  if (m_depth >= m_maxDepth) return bad("nested too deep");
  ++m_depth;
  m_objects = m_objects << 1U | (isObject ? 1U : 0U);
  m_tokenBegin = m_at;
  m_tokenEnd = ++m_at;
  m_expect = isObject ? Expect::KeyOrEnd : Expect::ValueOrEnd;
  return isObject ? JsonToken::ObjectBegin : JsonToken::ArrayBegin;
}

JsonToken JsonTokens::close() {
  const bool wasObject = isInObject();
  --m_depth;
  m_objects >>= 1U;
  return finish(m_at + 1, wasObject ? JsonToken::ObjectEnd : JsonToken::ArrayEnd);
}

JsonToken JsonTokens::literal(QByteArrayView word, JsonToken token) {
  if (!QByteArrayView(m_at, m_end).startsWith(word)) return bad("no value");
  return finish(m_at + word.size(), token);
}

JsonToken JsonTokens::finish(const char *end, JsonToken token) {
  m_tokenBegin = m_at;
  m_tokenEnd = m_at = end;
  m_expect = m_depth == 0 ? Expect::TextEnd : Expect::CommaOrEnd;
  return token;
}

JsonToken JsonTokens::bad(const char *reason) {
  m_reason = reason;
  m_expect = Expect::Nothing;
  return JsonToken::Bad;
}

void JsonTokens::skipSpace() {
  while (m_at != m_end && (*m_at == ' ' || *m_at == '\t' || *m_at == '\n' || *m_at == '\r')) ++m_at;
}

Error JsonTokens::error() const {
  return {ErrorKind::Invalid, "json: " + QByteArray(m_reason) + " at byte " + QByteArray::number(m_at - m_begin)};
}

}  // namespace gx::wire
