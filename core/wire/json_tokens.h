// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArrayView>

#include "core/base/result.h"

namespace gx::wire {

enum class JsonToken : quint8 {
  Bad,  // reason() says why; nothing comes after
  End,
  ObjectBegin,
  ObjectEnd,
  ArrayBegin,
  ArrayEnd,
  Key,
  String,
  Number,
  True,
  False,
  Null,
};

// Cuts one JSON text (RFC 8259, strict) into tokens. Linear, without recursion or allocation; everything else that
// reads JSON stands on it. Checks grammar, UTF-8, surrogate pairs and depth.
class JsonTokens final {
 public:
  static constexpr int kDeepest = 64;

  // At most maxDepth (up to kDeepest) containers inside each other.
  JsonTokens(QByteArrayView text, int maxDepth);

  JsonToken next();
  // Bytes of the last token: strings and keys with their quotes.
  [[nodiscard]] QByteArrayView token() const { return QByteArrayView(m_tokenBegin, m_tokenEnd); }
  // The last string or key had a backslash in it.
  [[nodiscard]] bool hasEscape() const { return m_hasEscape; }
  // Containers that are open.
  [[nodiscard]] int depth() const { return m_depth; }
  [[nodiscard]] Error error() const;

 private:
  enum class Expect : quint8 { Value, ValueOrEnd, Key, KeyOrEnd, CommaOrEnd, TextEnd, Nothing };

  JsonToken bad(const char *reason);
  JsonToken afterValue();
  JsonToken value();
  JsonToken key();
  const char *skipString();
  JsonToken open(bool isObject);
  JsonToken close();
  JsonToken literal(QByteArrayView word, JsonToken token);
  JsonToken finish(const char *end, JsonToken token);
  void skipSpace();
  [[nodiscard]] bool isInObject() const { return (m_objects & 1U) != 0; }

  const char *m_begin;
  const char *m_at;
  const char *m_end;
  const char *m_tokenBegin;
  const char *m_tokenEnd;
  const char *m_reason = nullptr;
  quint64 m_objects = 0;  // one bit an open container, the innermost lowest: 1 = object
  int m_depth = 0;
  int m_maxDepth;
  Expect m_expect = Expect::Value;
  bool m_hasEscape = false;
};

}  // namespace gx::wire
