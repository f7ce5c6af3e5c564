// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QDir>
#include <QFile>
#include <QString>
#include <QTemporaryDir>

namespace gx::test {

// A folder of the test's own, gone at the end.
class TempFolder final {
 public:
  [[nodiscard]] QString path() const { return m_folder.path(); }
  [[nodiscard]] QString file(const QString &name) const { return m_folder.filePath(name); }

 private:
  QTemporaryDir m_folder;
};

// Makes the files of `to` those of `from`; folders in them stay as they are.
inline void copyFiles(const QString &from, const QString &to) {
  const QDir source(from);
  const QDir target(to);
  for (const QString &name : target.entryList(QDir::Files)) QFile::remove(target.filePath(name));
  for (const QString &name : source.entryList(QDir::Files)) QFile::copy(source.filePath(name), target.filePath(name));
}

}  // namespace gx::test
