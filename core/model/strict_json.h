// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <limits>
#include <optional>

#include "core/base/ids.h"
#include "core/base/result.h"

namespace gx::model {

// One JSON object: valid, not deeper than 32, without duplicate members (which QJsonDocument would merge silently).
[[nodiscard]] Result<QJsonObject> parseStrictObject(QByteArrayView json);

// Typed members: empty if the member is absent, of another type or outside the limits. No conversions.
[[nodiscard]] std::optional<qint64> integerAt(const QJsonObject &object, QLatin1StringView name, qint64 min = 0,
                                              qint64 max = std::numeric_limits<qint64>::max());
[[nodiscard]] std::optional<bool> boolAt(const QJsonObject &object, QLatin1StringView name);
// Well-formed text of at most `maxBytes` in UTF-8.
[[nodiscard]] std::optional<QString> textAt(const QJsonObject &object, QLatin1StringView name, qsizetype maxBytes);
[[nodiscard]] std::optional<QJsonObject> objectAt(const QJsonObject &object, QLatin1StringView name);
// Base64 of exactly `size` bytes.
[[nodiscard]] std::optional<QByteArray> bytesAt(const QJsonObject &object, QLatin1StringView name, qsizetype size);

template <typename Id>
[[nodiscard]] std::optional<Id> idAt(const QJsonObject &object, QLatin1StringView name) {
  const QJsonValue value = object.value(name);
  if (!value.isString()) return std::nullopt;
  return parseId<Id>(value.toString().toLatin1());
}

}  // namespace gx::model
