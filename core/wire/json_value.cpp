// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/json_value.h"

#include <charconv>

#include "core/base/bytes.h"
#include "core/wire/json_reader.h"

namespace gx::wire {

namespace {

constexpr qint64 kLargestExact = 1LL << 53;              // what a double holds without loss, and JavaScript with it
constexpr qint64 kLatestMillis = 253'402'300'799'999LL;  // 9999-12-31T23:59:59.999Z
constexpr qsizetype kTokenBytes = 64;

const char *wrongKind(JsonKind wanted) {
  switch (wanted) {
    case JsonKind::Object:
      return "not an object";
    case JsonKind::Array:
      return "not an array";
    case JsonKind::String:
      return "not a string";
    case JsonKind::Number:
      return "not a number";
    default:
      return "not true or false";
  }
}

}  // namespace

bool JsonValue::is(JsonKind kind) const {
  if (!isPresent()) {
    refuse("missing");
    return false;
  }
  if (jsonKind(m_raw) == kind) return true;
  refuse(wrongKind(kind));
  return false;
}

QByteArray JsonValue::text(Size bytes) const {
  if (!is(JsonKind::String)) return {};
  QByteArray text = unescapeJson(m_raw);
  if (text.size() >= bytes.least && text.size() <= bytes.most) return text;
  refuse(text.size() > bytes.most ? "too long" : "too short");
  return {};
}

QString JsonValue::words(Size bytes) const {
  return QString::fromUtf8(text(bytes));
}

std::optional<QByteArray> JsonValue::fromBase64Text() const {
  if (m_raw.contains('\\')) return fromBase64(unescapeJson(m_raw));  // "\/" for example
  return fromBase64(m_raw.sliced(1, m_raw.size() - 2));
}

QByteArray JsonValue::bytes(Size decoded) const {
  if (!is(JsonKind::String)) return {};
  const auto bytes = fromBase64Text();
  if (!bytes) {
    refuse("not base64");
    return {};
  }
  if (bytes->size() > decoded.most) refuse("too long", ErrorKind::TooLarge);
  if (bytes->size() < decoded.least) refuse("too short");
  return *bytes;
}

QByteArray JsonValue::exactBytes(qsizetype decoded) const {
  if (!is(JsonKind::String)) return {};
  const auto bytes = fromBase64Text();
  if (bytes && bytes->size() == decoded) return *bytes;
  refuse(bytes ? "wrong size" : "not base64");
  return {};
}

QByteArray JsonValue::publicKey() const {
  QByteArray key = exactBytes(33);
  if (!key.isEmpty() && key.front() != '\x05') refuse("not a public key");
  return key;
}

qint64 JsonValue::number(qint64 least, qint64 most) const {
  if (!is(JsonKind::Number)) return least;
  qint64 number = 0;
  const auto [end, code] = std::from_chars(m_raw.begin(), m_raw.end(), number);
  const bool isWhole = code == std::errc() && end == m_raw.end() && m_raw != "-0";
  if (!isWhole) {
    refuse("not a whole number");
    return least;
  }
  if (number >= std::max(least, -kLargestExact) && number <= std::min(most, kLargestExact)) return number;
  refuse("out of range");
  return least;
}

bool JsonValue::flag() const {
  return is(JsonKind::Boolean) && m_raw.front() == 't';
}

qint64 JsonValue::millis() const {
  return number(0, kLatestMillis);
}

DeviceId JsonValue::deviceId() const {
  return DeviceId{static_cast<quint32>(number(1, 0x7FFFFFFF))};
}

QByteArrayView JsonValue::raw() const {
  if (!isPresent()) refuse("missing");
  return m_raw;
}

JsonReader JsonValue::object() const {
  const bool isObject = is(JsonKind::Object);
  return JsonReader(isObject ? m_raw : QByteArrayView("{}"), *this, m_reader->m_sink);
}

QByteArray JsonValue::token() const {
  return text({kTokenBytes, 0});
}

JsonWalker JsonValue::elements() const {
  return JsonWalker(is(JsonKind::Array) ? m_raw : QByteArrayView("[]"), JsonTokens::kDeepest);
}

void JsonValue::refuse(const char *reason, ErrorKind kind) const {
  m_reader->refuse(path() + ": " + reason, kind);
}

QByteArray JsonValue::path() const {
  if (m_array != nullptr) return m_array->path() + '[' + QByteArray::number(m_index) + ']';
  return m_reader->path() + m_key.toByteArray();
}

}  // namespace gx::wire
