// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/profile/profile_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <utility>

namespace gx::app {

namespace {

QByteArray ownName() {
  const QByteArray program = QFileInfo(QCoreApplication::applicationFilePath()).fileName().toUtf8();
  return program + ", process " + QByteArray::number(getpid());
}

QByteArray holderOf(int descriptor) {
  char text[128] = {};
  const ssize_t got = pread(descriptor, text, sizeof text - 1, 0);
  const QByteArray holder = got > 0 ? QByteArray(text, got).trimmed() : QByteArray();
  return holder.isEmpty() ? QByteArray("another process") : holder;
}

}  // namespace

Result<ProfileLock> ProfileLock::take(const QString &folder) {
  const QByteArray path = QFile::encodeName(folder + QLatin1String("/lock"));
  const int descriptor = open(path.constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (descriptor < 0) return fail(ErrorKind::Storage, "the profile folder cannot be written", "profile_not_writable");
  ProfileLock lock(descriptor);
  if (flock(descriptor, LOCK_EX | LOCK_NB) != 0) return fail(ErrorKind::Locked, holderOf(descriptor), "profile_in_use");
  const QByteArray name = ownName() + '\n';
  if (ftruncate(descriptor, 0) != 0 || pwrite(descriptor, name.constData(), static_cast<size_t>(name.size()), 0) < 0)
    return fail(ErrorKind::Storage, "the profile folder cannot be written", "profile_not_writable");
  return lock;
}

ProfileLock::ProfileLock(ProfileLock &&other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}

ProfileLock &ProfileLock::operator=(ProfileLock &&other) noexcept {
  std::swap(m_descriptor, other.m_descriptor);
  return *this;
}

ProfileLock::~ProfileLock() {
  if (m_descriptor >= 0) close(m_descriptor);
}

}  // namespace gx::app
