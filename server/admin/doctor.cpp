// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/admin/doctor.h"

#include <sys/resource.h>
#include <unistd.h>

#include <QFileInfo>
#include <QStorageInfo>
#include <algorithm>

#include "core/wire/check_codes.h"
#include "server/admin/port_check.h"
#include "server/admin/store_check.h"

namespace gx::server::admin {

namespace {

namespace checks = wire::checks;
using Outcome = Finding::Outcome;

constexpr qint64 kMebibyte = 1024 * 1024;
constexpr qint64 kEnoughSpace = 1024 * kMebibyte;
constexpr qint64 kTooLittleSpace = 64 * kMebibyte;
constexpr rlim_t kEnoughDescriptors = 4096;

const char *outcomeWord(Outcome outcome) {
  switch (outcome) {
    case Outcome::Ok:
      return "ok     ";
    case Outcome::Warning:
      return "warning";
    case Outcome::Failed:
      return "FAILED ";
    case Outcome::Skipped:
      return "skipped";
  }
  return "";
}

// The folder itself, or the nearest one above it that is there.
QFileInfo existingPart(const QString &folder) {
  QFileInfo part(folder);
  while (!part.exists() && part.absolutePath() != part.absoluteFilePath()) part = QFileInfo(part.absolutePath());
  return part;
}

}  // namespace

QByteArray Finding::toText() const {
  QByteArray line = QByteArray(outcomeWord(outcome)) + "  " + code + "  " + wire::checks::textOf(code);
  if (!detail.isEmpty()) line += ": " + QByteArray(detail).replace("\n", "\n           ");
  return line;
}

Doctor::Doctor(Result<config::Config> config, CertificateCheck checkCertificate)
    : m_config(std::move(config)), m_checkCertificate(std::move(checkCertificate)) {}

QList<Finding> Doctor::examine() const {
  QList<Finding> findings{settings()};
  if (!m_config) {
    for (const char *code : {checks::kCertificate, checks::kFolder, checks::kSpace, checks::kSchema,
                             checks::kEnvironment, checks::kIntegrity, checks::kApiPort, checks::kOpsPort})
      findings.append({code, Outcome::Skipped, "the settings come first"});
  } else {
    findings << certificate() << folder() << space() << store();
    findings << port(checks::kApiPort, m_config->listen, true) << port(checks::kOpsPort, m_config->opsListen, false);
  }
  findings.append(descriptors());
  return findings;
}

Finding Doctor::settings() const {
  if (!m_config) return {checks::kSettings, Outcome::Failed, m_config.error().detail};
  return {checks::kSettings, Outcome::Ok, m_config->environment + (m_config->isDemo ? ", a demo" : "")};
}

Finding Doctor::certificate() const {
  if (m_config->tlsCertificate.isEmpty())
    return {checks::kCertificate, Outcome::Skipped, "the relay speaks plain HTTP"};
  const Result<> loaded = m_checkCertificate(m_config->tlsCertificate, m_config->tlsKey);
  if (!loaded) return {checks::kCertificate, Outcome::Failed, loaded.error().detail};
  return {checks::kCertificate};
}

Finding Doctor::folder() const {
  const QByteArray path = m_config->dataFolder.toUtf8();
  const QFileInfo part = existingPart(m_config->dataFolder);
  if (access(part.absoluteFilePath().toUtf8().constData(), W_OK | X_OK) != 0)
    return {checks::kFolder, Outcome::Failed, path + ": not writable for this user"};
  if (part.absoluteFilePath() != QFileInfo(m_config->dataFolder).absoluteFilePath())
    return {checks::kFolder, Outcome::Ok, path + ": will be made"};
  if (!part.isDir()) return {checks::kFolder, Outcome::Failed, path + ": not a folder"};
  if (part.permissions() & (QFile::ReadOther | QFile::WriteOther))
    return {checks::kFolder, Outcome::Warning, path + ": others may look into it; chmod 700 it"};
  return {checks::kFolder, Outcome::Ok, path};
}

Finding Doctor::space() const {
  const QStorageInfo disk(existingPart(m_config->dataFolder).absoluteFilePath());
  const qint64 free = disk.bytesAvailable();
  const QByteArray seen = QByteArray::number(free / kMebibyte) + " MiB free";
  if (!disk.isValid() || free < kTooLittleSpace) return {checks::kSpace, Outcome::Failed, seen};
  return {checks::kSpace, free < kEnoughSpace ? Outcome::Warning : Outcome::Ok, seen};
}

QList<Finding> Doctor::store() const {
  return checkStore(m_config->dataFolder, m_config->environment);
}

Finding Doctor::port(const char *code, const QByteArray &listen, bool isApi) const {
  const bool isTls = isApi && !m_config->tlsCertificate.isEmpty();
  const auto state =
      isApi ? lookAtPort(listen, "/api/v1/openapi.json", "x-gx-relay") : lookAtPort(listen, "/readyz", "\"ready\"");
  if (!state) return {code, Outcome::Failed, state.error().detail};
  if (*state == PortState::TakenByOther && isTls)
    return {code, Outcome::Warning, listen + ": in use; with TLS it was not asked by whom"};
  if (*state == PortState::TakenByOther) return {code, Outcome::Failed, listen + ": another program listens there"};
  return {code, Outcome::Ok, listen + (*state == PortState::Free ? ": free" : ": a relay serves it")};
}

Finding Doctor::descriptors() const {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  const QByteArray seen = QByteArray::number(static_cast<quint64>(limit.rlim_max)) + " at most";
  return {checks::kDescriptors, limit.rlim_max < kEnoughDescriptors ? Outcome::Warning : Outcome::Ok, seen};
}

bool isHealthy(const QList<Finding> &findings) {
  return std::ranges::none_of(findings, [](const Finding &finding) { return finding.outcome == Outcome::Failed; });
}

}  // namespace gx::server::admin
