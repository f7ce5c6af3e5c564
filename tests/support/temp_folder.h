// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

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

}  // namespace gx::test
