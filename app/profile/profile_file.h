// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QString>
#include <optional>

#include "core/base/result.h"
#include "core/net/relay_address.h"
#include "core/net/tls_policy.h"

namespace gx::app {

// What a person may say about the way to a relay: an environment's name ("mainnet", "local") or an address, a CA of
// one's own, a proxy. Empty fields keep what the profile has.
struct RelayChoice {
  QString relay{};   // "mainnet" | "testnet" | "devnet" | "local" | "https://relay.example.org"
  QString caFile{};  // PEM; trusted besides the system's CAs
  QString proxy{};   // "system", "none", "http://host:port", "socks5://host:port"
};

// profile.json: where the relay is and the way to it. No secret stands in it but a proxy password one typed oneself
// (mode 0600).
struct ProfileFile {
  QString environment;  // "mainnet" …, or "custom"
  QString api;
  QString socket;
  QString wallet;
  QByteArray caPem{};
  QString proxy = QStringLiteral("system");
  bool hasStore = false;  // a store was made; none is made in its place when it is gone

  bool operator==(const ProfileFile &) const = default;

  // NotFound: a new profile. Corrupt: not ours, or damaged. Unsupported: newer.
  [[nodiscard]] static Result<ProfileFile> read(const QString &folder);
  [[nodiscard]] Result<> write(const QString &folder) const;
  // With what was chosen now over it. Invalid: relay_missing, relay_unknown, environment_not_set, bad_address,
  // insecure_address, a CA file without certificate, a proxy that is none.
  [[nodiscard]] Result<ProfileFile> with(const RelayChoice &choice) const;

  [[nodiscard]] Result<net::RelayAddress> address() const;
  [[nodiscard]] Result<net::TlsPolicy> policy() const;
};

}  // namespace gx::app
