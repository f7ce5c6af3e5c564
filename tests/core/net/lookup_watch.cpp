// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/core/net/lookup_watch.h"

#include <dlfcn.h>
#include <netdb.h>

#include <QHostAddress>
#include <mutex>

namespace gx::test {

namespace {

std::mutex lookupMutex;
QList<QByteArray> &lookups() {
  static auto &names = *new QList<QByteArray>;  // kept: a look-up may still run at the end
  return names;
}

void noteLookup(const char *name) {
  if (!name || !QHostAddress(QString::fromUtf8(name)).isNull()) return;
  const std::lock_guard guard(lookupMutex);
  lookups().append(name);
}

}  // namespace

QList<QByteArray> lookedUpNames() {
  const std::lock_guard guard(lookupMutex);
  return lookups();
}

}  // namespace gx::test

// Stands before the C library's: Qt's calls come here first.
extern "C" __attribute__((visibility("default"))) int getaddrinfo(const char *name, const char *service,
                                                                  const addrinfo *hints, addrinfo **result) {
  using Resolve = int (*)(const char *, const char *, const addrinfo *, addrinfo **);
  static const auto resolve = reinterpret_cast<Resolve>(dlsym(RTLD_NEXT, "getaddrinfo"));
  gx::test::noteLookup(name);
  return resolve(name, service, hints, result);
}
