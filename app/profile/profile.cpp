// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/profile/profile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <algorithm>

namespace gx::app {

using namespace Qt::StringLiterals;

namespace {

Result<> makeFolder(const ProfileOptions &options) {
  const QFileInfo folder(options.folder);
  const bool hasProfile = QFileInfo::exists(options.folder + u"/slots.json"_s);
  if (!options.mayCreate && !hasProfile) return fail(ErrorKind::NotFound, "no profile in this folder", "no_profile");
  if (!folder.exists() && !QDir().mkpath(options.folder))
    return fail(ErrorKind::Storage, "the profile folder cannot be made", "profile_not_writable");
  QFile::setPermissions(options.folder, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
  return {};
}

// profile.json as it will be: nothing is written before all of it is known to be right.
Result<ProfileFile> chosenFile(const ProfileOptions &options) {
  auto known = ProfileFile::read(options.folder);
  if (!known && known.error().kind != ErrorKind::NotFound) return known;
  const ProfileFile before = known ? *known : ProfileFile();
  auto chosen = before.with(options.relay);
  if (!chosen) return chosen;
  const auto address = chosen->address();
  if (!address) return tl::unexpected(address.error());
  if (known && *known == *chosen) return chosen;
  const auto written = chosen->write(options.folder);
  if (!written) return tl::unexpected(written.error());
  return chosen;
}

}  // namespace

Async<std::unique_ptr<Profile>> Profile::open(ProfileOptions options, Clock &clock, Random &random) {
  const auto folder = makeFolder(options);
  if (!folder) co_return tl::unexpected(folder.error());
  auto lock = ProfileLock::take(options.folder);
  if (!lock) co_return tl::unexpected(lock.error());
  auto file = chosenFile(options);
  if (!file) co_return tl::unexpected(file.error());
  std::unique_ptr<Profile> profile(new Profile(std::move(options), std::move(*lock), std::move(*file), clock, random));
  const auto key = co_await profile->openKey();
  if (!key) co_return tl::unexpected(key.error());
  const auto opened = co_await profile->openVault(clock, random);
  if (!opened) co_return tl::unexpected(opened.error());
  co_return profile;
}

Profile::Profile(ProfileOptions options, ProfileLock lock, ProfileFile file, Clock &clock, Random &random)
    : m_options(std::move(options)),
      m_lock(std::move(lock)),
      m_file(std::move(file)),
      m_keychain(clock, u"gx-messenger"_s),
      m_slots(m_options.folder, m_keychain, random) {}

Profile::~Profile() = default;

bool Profile::hasRecoveryCode() const {
  const auto kinds = m_slots.kinds();
  return kinds && std::find(kinds->begin(), kinds->end(), secrets::SlotKind::RecoveryCode) != kinds->end();
}

Result<QString> Profile::makeRecoveryCode() {
  return m_slots.addRecoveryCode(m_key.key);
}

QCoro::Task<> Profile::close() {
  if (m_session) co_await m_session->stop();
  m_session.reset();
  if (m_http) co_await m_http->shutdown();
  m_http.reset();
  if (m_vault) static_cast<void>(co_await m_vault->close());
  m_vault.reset();
}

Async<> Profile::erase() {
  co_await close();
  const auto erased = co_await m_slots.eraseAll();  // without the key the rest is noise already
  if (!erased) co_return tl::unexpected(erased.error());
  bool isGone = true;
  for (const auto &name : {u"store.db"_s, u"store.db-wal"_s, u"store.db-shm"_s, u"profile.json"_s}) {
    const QString path = m_options.folder + u'/' + name;
    isGone = (!QFileInfo::exists(path) || QFile::remove(path)) && isGone;
  }
  if (!isGone) co_return fail(ErrorKind::Storage, "some files could not be removed", "erase_incomplete");
  co_return Result<>();
}

Async<> Profile::openKey() {
  SlotChoice choice(m_slots, m_options.slots_);
  const auto kinds = m_slots.kinds();
  if (!kinds && kinds.error().kind != ErrorKind::NotFound) co_return tl::unexpected(kinds.error());
  m_isNew = !kinds;
  auto opened = m_isNew ? co_await choice.create() : co_await choice.open();
  if (!opened) co_return tl::unexpected(opened.error());
  m_key = std::move(*opened);
  co_return Result<>();
}

Async<> Profile::openVault(Clock &clock, Random &random) {
  const QString path = m_options.folder + u"/store.db"_s;
  if (m_file.hasStore && QFileInfo(path).size() == 0)
    co_return fail(ErrorKind::Corrupt, "the store is gone, or empty", "store_missing");
  SecretBytes key = m_key.key.copy();
  auto vault = co_await vault::Vault::open(path, std::move(key), clock, random);
  if (!vault) co_return tl::unexpected(vault.error());
  m_vault = std::move(*vault);
  if (!m_file.hasStore) {
    m_file.hasStore = true;
    const auto written = m_file.write(m_options.folder);
    if (!written) co_return tl::unexpected(written.error());
  }
  auto policy = m_file.policy();
  if (!policy) co_return tl::unexpected(policy.error());
  const auto address = m_file.address();
  if (!address) co_return tl::unexpected(address.error());
  m_http = std::make_unique<net::HttpClient>(clock, std::move(*policy));
  const messenger::AccountSession::Parts parts{*m_vault, *m_http, clock, random, *address, m_options.transport};
  m_session = std::make_unique<messenger::AccountSession>(parts);
  co_return Result<>();
}

}  // namespace gx::app
