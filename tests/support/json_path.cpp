// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/support/json_path.h"

namespace gx::test {

JsonPath::JsonPath(const QString &text)
    : m_steps(QString(text).replace(u'[', u'.').remove(u']').split(u'.', Qt::SkipEmptyParts)) {}

QJsonValue JsonPath::valueIn(const QJsonValue &root) const {
  QJsonValue value = root;
  for (const QString &step : m_steps) value = value.isArray() ? value.toArray().at(step.toInt()) : value[step];
  return value;
}

QJsonValue JsonPath::put(const QJsonValue &root, qsizetype step, const QJsonValue &value) const {
  if (step == m_steps.size()) return value;
  const QString &name = m_steps[step];
  if (root.isArray()) {
    QJsonArray array = root.toArray();
    Q_ASSERT(name.toInt() < array.size());
    array[name.toInt()] = put(array[name.toInt()], step + 1, value);
    return array;
  }
  QJsonObject object = root.toObject();
  object[name] = put(object[name], step + 1, value);
  return object;
}

QStringList jsonPaths(const QJsonValue &root, const QString &prefix) {
  QStringList paths;
  const QJsonObject object = root.toObject();
  for (auto member = object.begin(); member != object.end(); ++member) {
    const QString path = prefix.isEmpty() ? member.key() : prefix + u'.' + member.key();
    paths << path << jsonPaths(member.value(), path);
  }
  const QJsonArray array = root.toArray();
  for (qsizetype i = 0; i < array.size(); ++i) {
    const QString path = prefix + u'[' + QString::number(i) + u']';
    paths << path << jsonPaths(array[i], path);
  }
  return paths;
}

}  // namespace gx::test
