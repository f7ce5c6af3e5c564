// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <optional>

#include "core/base/result.h"
#include "core/net/relay_address.h"

namespace gx::net {

// A row of environments.ini: where an environment of GX answers. Addresses may be empty: not known (yet), or typed by
// the user ("custom").
struct Environment {
  QByteArray id;  // "mainnet", "testnet", "devnet", "local", "custom"
  QString name;   // "GX MainNet"
  QString wallet{};
  QString api{};
  QString socket{};

  [[nodiscard]] bool isSet() const { return !api.isEmpty(); }
  // Invalid, code "environment_not_set", without addresses.
  [[nodiscard]] Result<RelayAddress> address() const;
  bool operator==(const Environment &) const = default;
};

// The built-in ones, in the order in which they are offered.
[[nodiscard]] QList<Environment> environments();
// The same with the addresses of an ini file of the same shape over them (an administrator's or a test's).
[[nodiscard]] Result<QList<Environment>> environmentsFrom(const QString &iniFile);
[[nodiscard]] std::optional<Environment> findEnvironment(const QList<Environment> &list, QByteArrayView id);

}  // namespace gx::net
