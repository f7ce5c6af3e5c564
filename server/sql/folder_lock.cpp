// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/sql/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <array>
#include <cerrno>
#include <cstring>

namespace gx::server::sql {

using namespace Qt::StringLiterals;

namespace {

QByteArray holderOf(int fd) {
  std::array<char, 32> text{};
  const auto size = pread(fd, text.data(), text.size() - 1, 0);
  return size > 0 ? QByteArray(text.data(), qsizetype(size)).trimmed() : QByteArray("unknown");
}

}  // namespace

Result<std::unique_ptr<FolderLock>> FolderLock::take(const QString &folder) {
  if (!QFileInfo::exists(folder)) {
    if (!QDir().mkpath(folder)) return fail(ErrorKind::Storage, "cannot make the data folder");
    QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
  }
  const QByteArray path = QFile::encodeName(QDir(folder).filePath(u"lock"_s));
  const int fd = open(path.constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0) return fail(ErrorKind::Storage, QByteArray("cannot open the lock file: ") + std::strerror(errno));
  if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
    const QByteArray holder = holderOf(fd);
    close(fd);
    return fail(ErrorKind::Locked, "the data folder is in use by process " + holder);
  }
  const QByteArray pid = QByteArray::number(qint64(getpid())) + "\n";
  // Only a hint for people: the lock itself is the flock.
  if (ftruncate(fd, 0) != 0 || pwrite(fd, pid.constData(), size_t(pid.size()), 0) < 0) errno = 0;
  return std::unique_ptr<FolderLock>(new FolderLock(fd));
}

FolderLock::~FolderLock() {
  close(m_fd);
}

}  // namespace gx::server::sql
