// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <gtest/gtest.h>

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace gx::test {

// A file of tests/vectors as JSON; fails the test when it is not there.
inline QJsonObject vectors(const QString &path) {
  QFile file(QStringLiteral(GX_VECTORS_DIR) + u'/' + path);
  EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << path.toStdString();
  const auto object = QJsonDocument::fromJson(file.readAll()).object();
  EXPECT_FALSE(object.isEmpty()) << path.toStdString();
  return object;
}

inline QByteArray compact(const QJsonObject &object) {
  return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

// The text of a JSON value: QJsonDocument writes only containers.
inline QByteArray compact(const QJsonValue &value) {
  const QByteArray array = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
  return array.sliced(1, array.size() - 2);
}

inline QByteArray utf8(const QJsonValue &value) {
  return value.toString().toUtf8();
}

inline QByteArray fromBase64(const QJsonValue &value) {
  return QByteArray::fromBase64(utf8(value));
}

}  // namespace gx::test
