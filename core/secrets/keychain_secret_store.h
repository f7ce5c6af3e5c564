// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QObject>
#include <chrono>

#include "core/base/clock.h"
#include "core/secrets/secret_store.h"

namespace QKeychain {
class Job;
}

namespace gx::secrets {

// The system's keychain (Secret Service) by QtKeychain. It may never answer, so each call has its own time limit; after
// one that hung, later calls fail at once (Timeout), because they would only queue behind it. Main thread.
class KeychainSecretStore final : public SecretStore {
 public:
  explicit KeychainSecretStore(Clock &clock, QString service,
                               std::chrono::milliseconds limit = std::chrono::seconds(3));
  ~KeychainSecretStore() override;

  [[nodiscard]] Async<SecretBytes> read(QString name) override;
  [[nodiscard]] Async<> write(QString name, SecretBytes secret) override;
  [[nodiscard]] Async<> remove(QString name) override;

 private:
  // Starts the job and waits for its end, or for the time limit.
  [[nodiscard]] Async<> finished(QKeychain::Job *job);

  Clock &m_clock;
  QString m_service;
  std::chrono::milliseconds m_limit;
  QObject m_context;
  bool m_hangs = false;
};

}  // namespace gx::secrets
