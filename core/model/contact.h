// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QString>

#include "core/base/ids.h"

namespace gx::model {

// How far a person's device list is trusted (SECURITY.md 3e).
enum class Trust : quint8 {
  Unverified = 0,  // first contact, chain valid
  Verified = 1,    // safety number compared by the user
  Broken = 2,      // other root, fork or rollback: sending is blocked until the user decides
};

// A person we know of.
struct Contact {
  UserId user;
  QString account;      // "bob@gxcoin.test"
  QString displayName;  // empty: show the account
  Trust trust = Trust::Unverified;
  bool isBlocked = false;
  bool isRequest = false;  // wrote first and was not accepted yet

  bool operator==(const Contact &) const = default;
};

}  // namespace gx::model
