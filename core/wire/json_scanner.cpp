// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/json_scanner.h"

#include <QString>

namespace gx::wire {

namespace {

JsonKind kindOf(JsonToken first) {
  switch (first) {
    case JsonToken::ObjectBegin:
      return JsonKind::Object;
    case JsonToken::ArrayBegin:
      return JsonKind::Array;
    case JsonToken::String:
      return JsonKind::String;
    case JsonToken::Number:
      return JsonKind::Number;
    case JsonToken::Null:
      return JsonKind::Null;
    default:
      return JsonKind::Boolean;
  }
}

char plainEscape(char letter) {
  switch (letter) {
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return letter;  // quote, backslash, slash
  }
}

}  // namespace

JsonKind jsonKind(QByteArrayView value) {
  switch (value.isEmpty() ? '\0' : value.front()) {
    case '{':
      return JsonKind::Object;
    case '[':
      return JsonKind::Array;
    case '"':
      return JsonKind::String;
    case 't':
    case 'f':
      return JsonKind::Boolean;
    case 'n':
      return JsonKind::Null;
    default:
      return JsonKind::Number;
  }
}

Result<JsonKind> validateJson(QByteArrayView text, int maxDepth) {
  JsonTokens tokens(text, maxDepth);
  const JsonToken first = tokens.next();
  JsonToken last = first;
  while (last != JsonToken::Bad && last != JsonToken::End) last = tokens.next();
  if (last == JsonToken::Bad) return fail(tokens.error());
  return kindOf(first);
}

JsonWalker::JsonWalker(QByteArrayView text, int maxDepth) : m_tokens(text, maxDepth) {
  const JsonToken first = m_tokens.next();
  m_isObject = first == JsonToken::ObjectBegin;
  m_isContainer = m_isObject || first == JsonToken::ArrayBegin;
  m_failed = !m_isContainer;
  m_isDone = m_failed;
}

bool JsonWalker::next() {
  if (m_isDone) return false;
  JsonToken token = m_tokens.next();
  if (token == JsonToken::Key) {
    m_key = m_tokens.token().sliced(1, m_tokens.token().size() - 2);
    token = m_tokens.next();
  }
  const char *begin = m_tokens.token().data();
  if (token == JsonToken::Bad || m_tokens.depth() == 0) return finish(token);
  while (m_tokens.depth() > 1) {
    token = m_tokens.next();
    if (token == JsonToken::Bad) return finish(token);
  }
  m_value = QByteArrayView(begin, m_tokens.token().data() + m_tokens.token().size());
  return true;
}

bool JsonWalker::finish(JsonToken last) {
  m_isDone = true;
  m_failed = last == JsonToken::Bad || m_tokens.next() != JsonToken::End;
  return false;
}

Error JsonWalker::error() const {
  if (!m_isContainer) return {ErrorKind::Invalid, "json: neither an array nor an object"};
  return m_tokens.error();
}

QByteArray unescapeJson(QByteArrayView raw) {
  if (raw.size() >= 2 && raw.front() == '"') raw = raw.sliced(1, raw.size() - 2);
  qsizetype slash = raw.indexOf('\\');
  if (slash < 0) return raw.toByteArray();
  QByteArray out;
  out.reserve(raw.size());
  while (slash >= 0) {
    out.append(raw.first(slash));
    const char letter = raw[slash + 1];
    raw = raw.sliced(slash + 2);
    if (letter != 'u') {
      out.append(plainEscape(letter));
    } else {
      char16_t units[2] = {static_cast<char16_t>(raw.first(4).toUShort(nullptr, 16)), 0};
      const bool isPair = QChar::isHighSurrogate(units[0]);
      if (isPair) units[1] = static_cast<char16_t>(raw.sliced(6, 4).toUShort(nullptr, 16));
      out.append(QStringView(units, isPair ? 2 : 1).toUtf8());
      raw = raw.sliced(isPair ? 10 : 4);
    }
    slash = raw.indexOf('\\');
  }
  return out.append(raw);
}

}  // namespace gx::wire
