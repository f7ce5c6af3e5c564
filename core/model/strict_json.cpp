// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/model/strict_json.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <algorithm>

#include "core/base/bytes.h"

namespace gx::model {

namespace {

constexpr int kMaxDepth = 32;

struct Outline {
  int depth = 0;
  qsizetype members = 0;
};

// Counts what stands outside of strings. On text that is no JSON the numbers mean nothing; the parser says so later.
Outline outlineOf(QByteArrayView json) {
  Outline outline;
  int depth = 0;
  bool inString = false;
  for (qsizetype i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (inString) {
      if (c == '\\') ++i;
      if (c == '"') inString = false;
      continue;
    }
    if (c == '"') inString = true;
    if (c == ':') ++outline.members;
    if (c == '{' || c == '[') outline.depth = std::max(outline.depth, ++depth);
    if (c == '}' || c == ']') --depth;
  }
  return outline;
}

qsizetype membersOf(const QJsonValue &value) {
  qsizetype count = 0;
  if (value.isObject()) {
    const QJsonObject object = value.toObject();
    count += object.size();
    for (const auto &member : object) count += membersOf(member);
  }
  if (value.isArray()) {
    const QJsonArray array = value.toArray();
    for (const auto &element : array) count += membersOf(element);
  }
  return count;
}

}  // namespace

Result<QJsonObject> parseStrictObject(QByteArrayView json) {
  const Outline outline = outlineOf(json);
  if (outline.depth > kMaxDepth) return fail(ErrorKind::Invalid, "JSON too deep");
  QJsonParseError error;
  const QJsonDocument document = QJsonDocument::fromJson(json.toByteArray(), &error);
  if (error.error != QJsonParseError::NoError) return fail(ErrorKind::Invalid, "not JSON");
  if (!document.isObject()) return fail(ErrorKind::Invalid, "not a JSON object");
  QJsonObject object = document.object();
  if (membersOf(object) != outline.members) return fail(ErrorKind::Invalid, "duplicate JSON members");
  return object;
}

std::optional<qint64> integerAt(const QJsonObject &object, QLatin1StringView name, qint64 min, qint64 max) {
  const QJsonValue value = object.value(name);
  if (!value.isDouble()) return std::nullopt;
  constexpr qint64 kNone = std::numeric_limits<qint64>::min();
  const qint64 number = value.toInteger(kNone);  // kNone also for fractions
  if (number == kNone || number < min || number > max) return std::nullopt;
  return number;
}

std::optional<bool> boolAt(const QJsonObject &object, QLatin1StringView name) {
  const QJsonValue value = object.value(name);
  if (!value.isBool()) return std::nullopt;
  return value.toBool();
}

std::optional<QString> textAt(const QJsonObject &object, QLatin1StringView name, qsizetype maxBytes) {
  const QJsonValue value = object.value(name);
  if (!value.isString()) return std::nullopt;
  QString text = value.toString();
  if (!text.isValidUtf16() || text.toUtf8().size() > maxBytes) return std::nullopt;
  return text;
}

std::optional<QJsonObject> objectAt(const QJsonObject &object, QLatin1StringView name) {
  const QJsonValue value = object.value(name);
  if (!value.isObject()) return std::nullopt;
  return value.toObject();
}

std::optional<QByteArray> bytesAt(const QJsonObject &object, QLatin1StringView name, qsizetype size) {
  const QJsonValue value = object.value(name);
  if (!value.isString()) return std::nullopt;
  std::optional<QByteArray> bytes = fromBase64(value.toString().toLatin1());
  if (!bytes || bytes->size() != size) return std::nullopt;
  return bytes;
}

}  // namespace gx::model
