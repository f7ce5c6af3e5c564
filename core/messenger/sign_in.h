// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <optional>

#include "core/messenger/device_lists.h"
#include "core/wire/session_dto.h"

namespace gx::messenger {

// What a person types to sign in. Not kept after the call.
struct Credentials {
  QByteArray account;   // "alice@gxcoin.test"
  QByteArray password;  // UTF-8
};

enum class SignInOutcome {
  Approved,  // the device is in the account's manifest: it sends and receives
  Pending,   // a listed device has to approve it first: Linking
};

// Makes this profile a device of an account: register, sign in, publish keys, root or pending, sign out. Every step may
// be repeated after a crash: finish() goes on where it stopped.
class SignIn final {
 public:
  SignIn(RelayAccess &access, DeviceLists &lists, vault::Vault &vault);

  // What the relay tells anybody: demo mode, who may register.
  [[nodiscard]] Async<wire::RelayInfo> relayInfo();
  [[nodiscard]] Async<> registerAccount(Credentials credentials, std::optional<QByteArray> invite);

  // Conflict if the profile is signed in already. `newIdentity`: starts a new device chain although another device is
  // listed; the others are removed and contacts are warned.
  [[nodiscard]] Async<SignInOutcome> signIn(Credentials credentials, QByteArray deviceName, bool newIdentity);
  // Publishes what is not published yet and looks up whether the device is approved. Listed without a person's word
  // over the digits is Pending (Linking goes on), or Untrusted (link_forged) where nobody even answered this device.
  [[nodiscard]] Async<SignInOutcome> finish(bool newIdentity);

  // Takes the device off the manifest and revokes its tokens at the relay; the caller erases the profile. An error
  // leaves the profile signed in.
  [[nodiscard]] Async<> signOut();

 private:
  Async<SignInOutcome> unconfirmed();
  Async<> login(Credentials credentials, QByteArray deviceName);
  Async<> publishKeys();
  Async<> publishRoot(const vault::AccountRecord &record, const vault::PinnedManifest &pinned);
  Async<> removeFromManifest(const vault::AccountRecord &record);

  RelayAccess &m_access;
  DeviceLists &m_lists;
  vault::Vault &m_vault;
};

}  // namespace gx::messenger
