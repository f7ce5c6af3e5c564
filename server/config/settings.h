// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>
#include <utility>

#include "core/base/result.h"
#include "server/config/setting_table.h"

namespace gx::server::config {

// Where settings come from; what stands further down wins.
struct SettingSources {
  QString file;  // empty for none
  QHash<QByteArray, QByteArray> environment;
  QList<std::pair<QByteArray, QByteArray>> commandLine;  // setting name, value

  // GX_… variables of this process.
  [[nodiscard]] static QHash<QByteArray, QByteArray> processEnvironment();
};

// The value of every setting and where it was said; each fits its row of the table.
class Settings final {
 public:
  // All errors at once, a line each, with file and line, variable or option.
  [[nodiscard]] static Result<Settings> load(const SettingSources &sources);

  // `name` must be in the table.
  [[nodiscard]] QByteArray value(QByteArrayView name) const;
  // "relay.conf:12", "GX_DATA", "--data", "default".
  [[nodiscard]] QByteArray place(QByteArrayView name) const;
  [[nodiscard]] bool isSet(QByteArrayView name) const { return !value(name).isEmpty(); }
  [[nodiscard]] bool flag(QByteArrayView name) const { return value(name) == "yes"; }
  [[nodiscard]] QList<QByteArray> list(QByteArrayView name) const;

  // A settings file that says the same, secrets left out: what `config print` shows.
  [[nodiscard]] QByteArray print() const;

 private:
  struct Entry {
    QByteArray value;
    QByteArray place;
  };
  void takeFile(const QString &path, QList<QByteArray> &errors);
  void takeEnvironment(const QHash<QByteArray, QByteArray> &environment, QList<QByteArray> &errors);
  void take(const Setting &setting, const Entry &entry, QList<QByteArray> &errors);

  QHash<QByteArray, Entry> m_entries;
};

}  // namespace gx::server::config
