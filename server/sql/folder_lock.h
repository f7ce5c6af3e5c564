// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QString>
#include <memory>

#include "core/base/result.h"

namespace gx::server::sql {

// Exclusive use of a data folder by one process, for as long as this object lives: flock on the file `lock` in it.
class FolderLock final {
 public:
  // Makes the folder (0700) when missing. Locked, naming the process, when another one holds it.
  [[nodiscard]] static Result<std::unique_ptr<FolderLock>> take(const QString &folder);
  ~FolderLock();
  FolderLock(const FolderLock &) = delete;
  FolderLock &operator=(const FolderLock &) = delete;

 private:
  explicit FolderLock(int fd) : m_fd(fd) {}
  int m_fd;
};

}  // namespace gx::server::sql
