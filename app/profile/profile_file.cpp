// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/profile/profile_file.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include "core/net/environments.h"

namespace gx::app {

using namespace Qt::StringLiterals;

namespace {

constexpr int kVersion = 1;
constexpr qint64 kMaxSize = 1024 * 1024;

QString pathIn(const QString &folder) {
  return folder + u"/profile.json"_s;
}

Result<ProfileFile> withEnvironment(ProfileFile file, const net::Environment &environment) {
  if (!environment.isSet())
    return fail(ErrorKind::Invalid, environment.id + " has no address yet", "environment_not_set");
  file.environment = QString::fromLatin1(environment.id);
  file.api = environment.api;
  file.socket = environment.socket;
  file.wallet = environment.wallet;
  return file;
}

Result<ProfileFile> withRelay(ProfileFile file, const QString &relay) {
  const auto environment = net::findEnvironment(net::environments(), relay.toLatin1());
  if (environment && environment->id != "custom") return withEnvironment(std::move(file), *environment);
  if (!relay.contains(u"://"_s))
    return fail(ErrorKind::Invalid, "neither an environment nor an address", "relay_unknown");
  const auto address = net::RelayAddress::parse(relay);
  if (!address) return tl::unexpected(address.error());
  file.environment = u"custom"_s;
  file.api = relay;
  file.socket.clear();
  file.wallet.clear();
  return file;
}

}  // namespace

Result<ProfileFile> ProfileFile::read(const QString &folder) {
  QFile file(pathIn(folder));
  if (!file.exists()) return fail(ErrorKind::NotFound, "no profile.json", "no_profile");
  if (!file.open(QIODevice::ReadOnly) || file.size() > kMaxSize)
    return fail(ErrorKind::Corrupt, "profile.json cannot be read", "profile_damaged");
  const QJsonDocument document = QJsonDocument::fromJson(file.readAll());
  const QJsonObject object = document.object();
  const int version = object[u"version"].toInt();
  if (version > kVersion) return fail(ErrorKind::Unsupported, "profile.json is newer", "profile_newer");
  if (version != kVersion || !object[u"api"].isString())
    return fail(ErrorKind::Corrupt, "profile.json is not one of ours", "profile_damaged");
  ProfileFile out;
  out.environment = object[u"environment"].toString();
  out.api = object[u"api"].toString();
  out.socket = object[u"socket"].toString();
  out.wallet = object[u"wallet"].toString();
  out.caPem = object[u"ca_pem"].toString().toUtf8();
  out.proxy = object[u"proxy"].toString(u"system"_s);
  out.hasStore = object[u"has_store"].toBool();
  return out;
}

Result<> ProfileFile::write(const QString &folder) const {
  QJsonObject object;
  object[u"version"] = kVersion;
  object[u"environment"] = environment;
  object[u"api"] = api;
  object[u"socket"] = socket;
  object[u"wallet"] = wallet;
  object[u"ca_pem"] = QString::fromUtf8(caPem);
  object[u"proxy"] = proxy;
  object[u"has_store"] = hasStore;
  QSaveFile file(pathIn(folder));
  if (!file.open(QIODevice::WriteOnly))
    return fail(ErrorKind::Storage, "profile.json cannot be written", "profile_not_writable");
  file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
  file.write(QJsonDocument(object).toJson());
  if (!file.commit()) return fail(ErrorKind::Storage, "profile.json cannot be written", "profile_not_writable");
  return {};
}

Result<ProfileFile> ProfileFile::with(const RelayChoice &choice) const {
  Result<ProfileFile> out = *this;
  if (!choice.relay.isEmpty()) out = withRelay(*out, choice.relay);
  if (!out) return out;
  if (out->api.isEmpty()) return fail(ErrorKind::Invalid, "no relay was named", "relay_missing");
  if (!choice.caFile.isEmpty()) {
    auto pem = net::readCaFile(choice.caFile);
    if (!pem) return tl::unexpected(pem.error());
    out->caPem = std::move(*pem);
  }
  if (!choice.proxy.isEmpty()) {
    const auto proxySettings = net::parseProxy(choice.proxy);
    if (!proxySettings) return tl::unexpected(proxySettings.error());
    out->proxy = choice.proxy;
  }
  return out;
}

Result<net::RelayAddress> ProfileFile::address() const {
  return net::RelayAddress::parse(api, socket, wallet);
}

Result<net::TlsPolicy> ProfileFile::policy() const {
  const auto proxySettings = net::parseProxy(proxy);
  if (!proxySettings) return tl::unexpected(proxySettings.error());
  net::TlsPolicy made;
  made.extraCaPem = caPem;
  made.proxy = *proxySettings;
  return made;
}

}  // namespace gx::app
