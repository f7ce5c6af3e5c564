// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QList>
#include <functional>

#include "server/config/config.h"

namespace gx::server::admin {

struct Finding {
  enum class Outcome { Ok, Warning, Failed, Skipped };
  const char *code = "";  // of core/wire/check_codes.h
  Outcome outcome = Outcome::Ok;
  QByteArray detail{};  // what was seen; a line for each trouble

  [[nodiscard]] QByteArray toText() const;  // "FAILED  GX-STO-01  the data folder …: not writable"
};

// The checks of `gx-relay doctor`: what could keep a relay with this configuration from serving. Changes nothing; works
// while a relay serves. Blocks.
class Doctor final {
 public:
  // Whether certificate and key can be served; server/net knows how.
  using CertificateCheck = std::function<Result<>(const QString &certificate, const QString &key)>;
  Doctor(Result<config::Config> config, CertificateCheck checkCertificate);

  [[nodiscard]] QList<Finding> examine() const;

 private:
  [[nodiscard]] Finding settings() const;
  [[nodiscard]] Finding certificate() const;
  [[nodiscard]] Finding folder() const;
  [[nodiscard]] Finding space() const;
  [[nodiscard]] QList<Finding> store() const;
  [[nodiscard]] Finding port(const char *code, const QByteArray &listen, bool isApi) const;
  [[nodiscard]] Finding descriptors() const;

  Result<config::Config> m_config;
  CertificateCheck m_checkCertificate;
};

// False when a finding says that the relay would not serve.
[[nodiscard]] bool isHealthy(const QList<Finding> &findings);

}  // namespace gx::server::admin
