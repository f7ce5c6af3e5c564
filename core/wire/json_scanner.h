// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArrayView>

#include "core/base/result.h"
#include "core/wire/json_tokens.h"
#include "core/wire/limits.h"

namespace gx::wire {

enum class JsonKind { Object, Array, String, Number, Boolean, Null };

// By the first character of a value that was scanned.
[[nodiscard]] JsonKind jsonKind(QByteArrayView value);

// Checks that `text` is one JSON value (RFC 8259) with nothing but white space around it: grammar, UTF-8, surrogates in
// pairs, at most maxDepth containers inside each other. Duplicate keys are JsonReader's affair.
[[nodiscard]] Result<JsonKind> validateJson(QByteArrayView text, int maxDepth = limits::kJsonDepth);

// Walks one level of an array or object and gives raw slices of the text; checks every value it passes like
// validateJson().
//
//   JsonWalker walker(text);
//   while (walker.next()) use(walker.key(), walker.value());
//   if (walker.failed()) return fail(walker.error());
class JsonWalker final {
 public:
  // A text that is neither an array nor an object is an error. maxDepth counts this container.
  explicit JsonWalker(QByteArrayView text, int maxDepth = limits::kJsonDepth);

  // Goes to the next element; false at the end or at an error.
  [[nodiscard]] bool next();
  [[nodiscard]] bool isObject() const { return m_isObject; }
  [[nodiscard]] QByteArrayView key() const { return m_key; }      // objects: raw, between the quotes
  [[nodiscard]] QByteArrayView value() const { return m_value; }  // raw, without white space around it
  [[nodiscard]] bool failed() const { return m_failed; }
  [[nodiscard]] Error error() const;

 private:
  bool finish(JsonToken last);

  JsonTokens m_tokens;
  QByteArrayView m_key;
  QByteArrayView m_value;
  bool m_isObject = false;
  bool m_isContainer = false;
  bool m_isDone = false;
  bool m_failed = false;
};

// A string value (with its quotes) or a raw key (without) → its characters, escapes resolved. It must have been
// scanned.
[[nodiscard]] QByteArray unescapeJson(QByteArrayView raw);

}  // namespace gx::wire
