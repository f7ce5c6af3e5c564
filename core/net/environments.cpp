// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/net/environments.h"

#include <QFileInfo>
#include <QSettings>
#include <algorithm>

// Outside of any namespace, as Qt wants it: the resource lives in a static library.
static void loadEnvironmentsResource() {
  Q_INIT_RESOURCE(environments);
}

namespace gx::net {

using namespace Qt::StringLiterals;

namespace {

constexpr const char *kOrder[] = {"mainnet", "testnet", "devnet", "local", "custom"};

QString value(const QSettings &ini, const char *id, QLatin1StringView key, const QString &otherwise) {
  return ini.value(QString::fromLatin1(id) + u'/' + key, otherwise).toString().trimmed();
}

QList<Environment> read(const QSettings &ini, const QList<Environment> &under) {
  QList<Environment> list;
  for (const char *id : kOrder) {
    const Environment known = findEnvironment(under, id).value_or(Environment{});
    Environment environment;
    environment.id = id;
    environment.name = value(ini, id, "name"_L1, known.name);
    environment.wallet = value(ini, id, "wallet"_L1, known.wallet);
    environment.api = value(ini, id, "api"_L1, known.api);
    environment.socket = value(ini, id, "socket"_L1, known.socket);
    list.append(environment);
  }
  return list;
}

}  // namespace

Result<RelayAddress> Environment::address() const {
  if (!isSet()) return fail(ErrorKind::Invalid, "the environment has no address", "environment_not_set");
  return RelayAddress::parse(api, socket, wallet);
}

QList<Environment> environments() {
  loadEnvironmentsResource();
  return read(QSettings(u":/gx/net/environments.ini"_s, QSettings::IniFormat), {});
}

Result<QList<Environment>> environmentsFrom(const QString &iniFile) {
  if (!QFileInfo(iniFile).isReadable()) return fail(ErrorKind::NotFound, "the environments file cannot be read");
  const QSettings ini(iniFile, QSettings::IniFormat);
  if (ini.status() != QSettings::NoError) return fail(ErrorKind::Invalid, "the environments file is no ini file");
  const QList<Environment> list = read(ini, environments());
  for (const Environment &environment : list) {
    if (!environment.isSet()) continue;
    const auto address = environment.address();
    if (!address)
      return fail(address.error().kind, environment.id + ": " + address.error().detail, address.error().code);
  }
  return list;
}

std::optional<Environment> findEnvironment(const QList<Environment> &list, QByteArrayView id) {
  const auto found = std::find_if(list.begin(), list.end(), [&](const Environment &e) { return e.id == id; });
  if (found == list.end()) return std::nullopt;
  return *found;
}

}  // namespace gx::net
