// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QString>
#include <memory>
#include <optional>

#include "app/profile/profile_file.h"
#include "app/profile/profile_lock.h"
#include "app/profile/slot_choice.h"
#include "core/messenger/account_session.h"
#include "core/net/http_client.h"
#include "core/secrets/keychain_secret_store.h"

namespace gx::app {

struct ProfileOptions {
  QString folder;
  bool mayCreate = false;  // else a folder without profile is NotFound (no_profile)
  RelayChoice relay{};
  SlotPolicy slots_{};
  net::TransportMode transport = net::TransportMode::PollingThenWebSocket;
};

// One opened profile folder: lock, profile.json, slots.json, store.db, and the session over them. close() must have
// ended before it is deleted. Main thread.
class Profile final {
 public:
  [[nodiscard]] static Async<std::unique_ptr<Profile>> open(ProfileOptions options, Clock &clock, Random &random);
  ~Profile();
  Profile(const Profile &) = delete;
  Profile &operator=(const Profile &) = delete;

  [[nodiscard]] messenger::AccountSession &session() { return *m_session; }
  [[nodiscard]] vault::Vault &vault() { return *m_vault; }
  [[nodiscard]] net::HttpClient &http() { return *m_http; }
  [[nodiscard]] const ProfileFile &file() const { return m_file; }
  [[nodiscard]] secrets::SlotKind openedBy() const { return m_key.slot; }
  [[nodiscard]] bool isNew() const { return m_isNew; }
  // False where none was shown yet, such as after a first sign-in that failed.
  [[nodiscard]] bool hasRecoveryCode() const;

  // A further slot, for the first sign-in; the code is shown once and kept nowhere.
  [[nodiscard]] Result<QString> makeRecoveryCode();

  [[nodiscard]] QCoro::Task<> close();
  // After sign-out: closes, then takes away keys first, then everything of the folder.
  [[nodiscard]] Async<> erase();

 private:
  Profile(ProfileOptions options, ProfileLock lock, ProfileFile file, Clock &clock, Random &random);
  Async<> openKey();
  Async<> openVault(Clock &clock, Random &random);

  ProfileOptions m_options;
  ProfileLock m_lock;
  ProfileFile m_file;
  secrets::KeychainSecretStore m_keychain;
  secrets::KeySlots m_slots;
  OpenedKey m_key;
  bool m_isNew = false;
  std::unique_ptr<vault::Vault> m_vault;
  std::unique_ptr<net::HttpClient> m_http;
  std::unique_ptr<messenger::AccountSession> m_session;
};

}  // namespace gx::app
