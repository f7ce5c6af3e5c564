// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/secrets/private_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <QFile>
#include <QFileInfo>
#include <cerrno>

namespace gx::secrets {

namespace {

// A descriptor that is closed when it goes.
class Descriptor final {
 public:
  explicit Descriptor(int number) : m_number(number) {}
  ~Descriptor() {
    if (m_number >= 0) ::close(m_number);
  }
  Descriptor(const Descriptor &) = delete;
  Descriptor &operator=(const Descriptor &) = delete;
  [[nodiscard]] bool isOpen() const { return m_number >= 0; }
  [[nodiscard]] int number() const { return m_number; }

 private:
  int m_number;
};

tl::unexpected<Error> systemFailure(const char *action) {
  const ErrorKind kind = errno == ENOSPC || errno == EDQUOT ? ErrorKind::Full : ErrorKind::Storage;
  return fail(kind, QByteArray(action) + ": errno " + QByteArray::number(errno));
}

bool writeAll(int descriptor, QByteArrayView bytes) {
  while (!bytes.isEmpty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), static_cast<std::size_t>(bytes.size()));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes = bytes.sliced(written);
  }
  return true;
}

Result<QByteArray> readAll(int descriptor, qsizetype maxSize) {
  QByteArray bytes(maxSize + 1, Qt::Uninitialized);
  qsizetype size = 0;
  for (;;) {
    const ssize_t got = ::read(descriptor, bytes.data() + size, static_cast<std::size_t>(bytes.size() - size));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return systemFailure("read");
    if (got == 0) break;
    size += got;
    if (size > maxSize) return fail(ErrorKind::TooLarge, "file larger than expected", codes::kUnfit);
  }
  bytes.truncate(size);
  return bytes;
}

Result<> syncFolderOf(const QString &path) {
  const QByteArray folder = QFile::encodeName(QFileInfo(path).absolutePath());
  const Descriptor directory(::open(folder.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!directory.isOpen() || ::fsync(directory.number()) != 0) return systemFailure("fsync of the folder");
  return {};
}

Result<> writeTemporary(const QByteArray &name, QByteArrayView bytes) {
  ::unlink(name.constData());  // left by a crash
  const Descriptor file(::open(name.constData(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!file.isOpen()) return systemFailure("open");
  if (!writeAll(file.number(), bytes)) return systemFailure("write");
  if (::fsync(file.number()) != 0) return systemFailure("fsync");
  return {};
}

}  // namespace

Result<QByteArray> readPrivateFile(const QString &path, qsizetype maxSize) {
  const Descriptor file(
      ::open(QFile::encodeName(path).constData(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
  if (!file.isOpen() && errno == ENOENT) return fail(ErrorKind::NotFound, "no such file", codes::kNotFound);
  if (!file.isOpen() && errno == ELOOP) return fail(ErrorKind::Forbidden, "a link", codes::kUnfit);
  if (!file.isOpen() && errno == EACCES) return fail(ErrorKind::Forbidden, "not ours to read", codes::kUnfit);
  if (!file.isOpen()) return systemFailure("open");
  struct stat facts{};
  if (::fstat(file.number(), &facts) != 0) return systemFailure("fstat");
  if (!S_ISREG(facts.st_mode)) return fail(ErrorKind::Forbidden, "not a regular file", codes::kUnfit);
  if (facts.st_mode & 077) return fail(ErrorKind::Forbidden, "others may read this file: chmod 600 it", codes::kPublic);
  return readAll(file.number(), maxSize);
}

Result<> writePrivateFile(const QString &path, QByteArrayView bytes) {
  const QByteArray name = QFile::encodeName(path);
  const QByteArray temporary = name + ".new";
  Result<> written = writeTemporary(temporary, bytes);
  if (!written) {
    ::unlink(temporary.constData());
    return written;
  }
  if (::rename(temporary.constData(), name.constData()) != 0) return systemFailure("rename");
  return syncFolderOf(path);
}

Result<> removePrivateFile(const QString &path) {
  if (::unlink(QFile::encodeName(path).constData()) != 0 && errno != ENOENT) return systemFailure("unlink");
  return {};
}

}  // namespace gx::secrets
