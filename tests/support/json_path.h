// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QStringList>

namespace gx::test {

// A place in a JSON value: "devices[1].name".
class JsonPath final {
 public:
  explicit JsonPath(const QString &text);

  // `root` with `value` at this place; Undefined removes the member.
  [[nodiscard]] QJsonValue put(const QJsonValue &root, const QJsonValue &value) const { return put(root, 0, value); }
  [[nodiscard]] QJsonValue valueIn(const QJsonValue &root) const;

 private:
  [[nodiscard]] QJsonValue put(const QJsonValue &root, qsizetype step, const QJsonValue &value) const;

  QStringList m_steps;  // names, and digits for elements
};

// Every place in `root` below itself.
[[nodiscard]] QStringList jsonPaths(const QJsonValue &root, const QString &prefix = {});

}  // namespace gx::test
