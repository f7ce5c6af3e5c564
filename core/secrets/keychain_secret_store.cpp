// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/secrets/keychain_secret_store.h"

#include <qt6keychain/keychain.h>

#include "core/base/bytes.h"
#include "core/base/logging.h"
#include "core/base/pause.h"

namespace gx::secrets {

namespace {

Error keychainError(QKeychain::Error error) {
  switch (error) {
    case QKeychain::EntryNotFound:
      return {ErrorKind::NotFound, "no such secret, or the keychain is locked", "secret_missing"};
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
      return {ErrorKind::Locked, "the keychain refuses", "keychain_locked"};
    case QKeychain::CouldNotDeleteEntry:
      return {ErrorKind::Storage, "the keychain does not delete", "keychain_failed"};
    default:
      return {ErrorKind::Unavailable, "no keychain answers", "no_keychain"};
  }
}

Error silence() {
  return {ErrorKind::Timeout, "the keychain does not answer", "keychain_silent"};
}

}  // namespace

KeychainSecretStore::KeychainSecretStore(Clock &clock, QString service, std::chrono::milliseconds limit)
    : m_clock(clock), m_service(std::move(service)), m_limit(limit) {}

KeychainSecretStore::~KeychainSecretStore() = default;

Async<SecretBytes> KeychainSecretStore::read(QString name) {
  auto *job = new QKeychain::ReadPasswordJob(m_service);  // deletes itself, perhaps long after we gave up
  job->setKey(name);
  QByteArray found;
  QObject context;  // nobody writes to `found` once we are gone
  QObject::connect(job, &QKeychain::Job::finished, &context, [job, &found] { found = job->binaryData(); });
  const Result<> done = co_await finished(job);
  if (!done) co_return tl::unexpected(done.error());
  co_return SecretBytes::taking(found);
}

Async<> KeychainSecretStore::write(QString name, SecretBytes secret) {
  auto *job = new QKeychain::WritePasswordJob(m_service);
  job->setKey(name);
  job->setBinaryData(secret.view().toByteArray());
  const Result<> done = co_await finished(job);
  if (!done) co_return done;
  const Result<SecretBytes> again = co_await read(name);
  if (!again) co_return tl::unexpected(again.error());
  if (!constantTimeEqual(again->view(), secret.view()))
    co_return fail(ErrorKind::Storage, "the keychain keeps something else", "keychain_failed");
  co_return Result<>();
}

Async<> KeychainSecretStore::remove(QString name) {
  auto *job = new QKeychain::DeletePasswordJob(m_service);
  job->setKey(name);
  const Result<> done = co_await finished(job);
  if (!done && done.error().kind == ErrorKind::NotFound) co_return Result<>();
  co_return done;
}

Async<> KeychainSecretStore::finished(QKeychain::Job *job) {
  if (m_hangs) {
    delete job;  // it would only queue behind the one that hangs
    co_return tl::unexpected(silence());
  }
  QKeychain::Error error = QKeychain::OtherError;
  Pause answer(m_clock);
  QObject context;
  QObject::connect(job, &QKeychain::Job::finished, &context, [job, &error, &answer] {
    error = job->error();
    answer.wake();
  });
  QObject::connect(job, &QKeychain::Job::finished, &m_context, [this] { m_hangs = false; });
  job->start();
  const bool isLate = co_await answer.wait(m_limit);
  if (isLate) {
    m_hangs = true;
    qCWarning(lcSecrets) << "the keychain did not answer in time";
    co_return tl::unexpected(silence());
  }
  if (error != QKeychain::NoError) co_return tl::unexpected(keychainError(error));
  co_return Result<>();
}

}  // namespace gx::secrets
