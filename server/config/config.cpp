// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/config/config.h"

#include <unistd.h>

#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#include "server/config/listen_text.h"

namespace gx::server::config {

namespace {

bool isLoopback(const QByteArray &listen) {
  return parseListenText(listen)->isLoopback;
}

void checkTls(const Settings &settings, QList<QByteArray> &errors) {
  for (const char *name : {"tls_certificate", "tls_key"}) {
    const char *other = name[4] == 'c' ? "tls_key" : "tls_certificate";
    if (!settings.isSet(name)) continue;
    if (!settings.isSet(other)) errors.append(settings.place(name) + ": " + name + " needs " + other);
    const QFileInfo file(QString::fromUtf8(settings.value(name)));
    if (!file.isFile() || !file.isReadable())
      errors.append(settings.place(name) + ": " + name + ": no such file, or not readable");
  }
  if (!settings.isSet("tls_key")) return;
  if (QFile::permissions(QString::fromUtf8(settings.value("tls_key"))) & (QFile::ReadOther | QFile::WriteOther))
    errors.append(settings.place("tls_key") + ": tls_key: others may read the file; chmod 600 it");
}

void checkTogether(const Settings &settings, QList<QByteArray> &errors) {
  const QByteArray environment = settings.value("environment");
  const bool isPublic = environment == "mainnet" || environment == "testnet";
  const bool isOpen = !isLoopback(settings.value("listen"));
  if (isPublic && isOpen && !settings.isSet("tls_certificate") && !settings.flag("behind_proxy"))
    errors.append(settings.place("listen") + ": " + environment +
                  " is served without TLS to other machines;"
                  " set tls_certificate and tls_key, or behind_proxy = yes where a proxy speaks TLS");
  if (environment == "mainnet" && settings.flag("demo"))
    errors.append(settings.place("demo") + ": mainnet has no demo: its accounts are public");
  if (environment == "mainnet" && settings.isSet("test_accounts"))
    errors.append(settings.place("test_accounts") + ": mainnet takes no test accounts");
  if (settings.value("registration") == "invite" && !settings.isSet("invite_code"))
    errors.append(settings.place("registration") + ": registration = invite needs invite_code");
}

QList<NetworkText> proxiesOf(const Settings &settings, QList<QByteArray> &errors) {
  QList<NetworkText> proxies;
  for (const QByteArray &text : settings.list("trusted_proxies")) {
    if (const auto network = parseNetworkText(text))
      proxies.append(*network);
    else
      errors.append(settings.place("trusted_proxies") + ": trusted_proxies: " + text +
                    " is no address or network, such as 127.0.0.1 or 10.0.0.0/8");
  }
  return proxies;
}

Registration registrationOf(const Settings &settings) {
  const QByteArray said = settings.value("registration");
  if (said == "open") return Registration::Open;
  if (said == "invite") return Registration::Invite;
  if (said == "closed") return Registration::Closed;
  const bool areAllLoopback = isLoopback(settings.value("listen")) && isLoopback(settings.value("ops_listen"));
  return areAllLoopback || settings.flag("demo") ? Registration::Open : Registration::Closed;
}

QByteArray printedWith(const Settings &settings, const Config &config) {
  QByteArray text = settings.print();
  text.replace("\n#data =\n", "\ndata = " + config.dataFolder.toUtf8() + '\n');
  text.replace("\n#registration =\n", QByteArray("\nregistration = ") + toText(config.registration) + '\n');
  return text;
}

void fillConnections(const Settings &settings, Config &config) {
  config.connectionsTotal = settings.value("connections_total").toInt();
  config.unauthenticatedTotal = settings.value("unauthenticated_total").toInt();
  config.unauthenticatedPerAddress = settings.value("unauthenticated_per_address").toInt();
  config.rateScale = settings.value("rate_scale").toDouble();
  config.timeScale = settings.value("time_scale").toDouble();
}

}  // namespace

const char *toText(Registration registration) {
  switch (registration) {
    case Registration::Open:
      return "open";
    case Registration::Invite:
      return "invite";
    case Registration::Closed:
      return "closed";
  }
  return "closed";
}

QString defaultDataFolder(bool isDemo) {
  const QLatin1String name(isDemo ? "/gx-relay-demo" : "/gx-relay");
  if (geteuid() == 0 && qEnvironmentVariableIsEmpty("XDG_DATA_HOME")) return QLatin1String("/var/lib") + name;
  return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + name;
}

Result<Config> Config::from(const Settings &settings) {
  QList<QByteArray> errors;
  checkTls(settings, errors);
  checkTogether(settings, errors);
  QList<NetworkText> proxies = proxiesOf(settings, errors);
  if (!errors.isEmpty()) return fail(ErrorKind::Invalid, errors.join('\n'));

  Config config;
  config.environment = settings.value("environment");
  config.isDemo = settings.flag("demo");
  config.dataFolder =
      settings.isSet("data") ? QString::fromUtf8(settings.value("data")) : defaultDataFolder(config.isDemo);
  config.listen = settings.value("listen");
  config.opsListen = settings.value("ops_listen");
  config.registration = registrationOf(settings);
  config.inviteCode = settings.value("invite_code");
  config.tlsCertificate = QString::fromUtf8(settings.value("tls_certificate"));
  config.tlsKey = QString::fromUtf8(settings.value("tls_key"));
  config.trustedProxies = std::move(proxies);
  config.allowedHosts = settings.list("allowed_hosts");
  config.allowedOrigins = settings.list("allowed_origins");
  config.testAccounts = QString::fromUtf8(settings.value("test_accounts"));
  fillConnections(settings, config);
  config.printed = printedWith(settings, config);
  return config;
}

Result<Config> Config::load(const SettingSources &sources) {
  const auto settings = Settings::load(sources);
  if (!settings) return fail(settings.error());
  return from(*settings);
}

}  // namespace gx::server::config
