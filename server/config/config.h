// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include "core/base/result.h"
#include "server/config/network_text.h"
#include "server/config/settings.h"

namespace gx::server::config {

enum class Registration { Open, Invite, Closed };
[[nodiscard]] const char *toText(Registration registration);  // "open"

// The relay's configuration, complete and checked; the fields are the settings of setting_table.cpp.
struct Config {
  QByteArray environment;
  bool isDemo = false;
  QString dataFolder;
  QByteArray listen;  // "127.0.0.1:3007"
  QByteArray opsListen;
  Registration registration = Registration::Closed;
  QByteArray inviteCode;
  QString tlsCertificate;  // empty: plain HTTP
  QString tlsKey;
  QList<NetworkText> trustedProxies;
  QList<QByteArray> allowedHosts;
  QList<QByteArray> allowedOrigins;
  QString testAccounts;
  int connectionsTotal = 0;
  int unauthenticatedTotal = 0;
  int unauthenticatedPerAddress = 0;
  double rateScale = 1;
  double timeScale = 1;
  QByteArray printed;  // Settings::print() with the values that depend on others filled in

  // What does not fit together is told with the places of both.
  [[nodiscard]] static Result<Config> from(const Settings &settings);
  [[nodiscard]] static Result<Config> load(const SettingSources &sources);
};

// Where the embedded stores of a relay without `data` lie: /var/lib/gx-relay for root, else below the user's data
// folder; a demo has a place of its own.
[[nodiscard]] QString defaultDataFolder(bool isDemo);

}  // namespace gx::server::config
