// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <map>
#include <optional>

#include "core/secrets/secret_store.h"

namespace gx::test {

// A keychain in a map. `failure` makes every call fail that way; a locked keychain reads as NotFound.
class InMemorySecretStore final : public secrets::SecretStore {
 public:
  std::map<QString, QByteArray> secrets;
  std::optional<ErrorKind> failure{};

  Async<SecretBytes> read(QString name) override {
    if (failure) co_return fail(*failure, "failure on purpose");
    const auto found = secrets.find(name);
    if (found == secrets.end()) co_return fail(ErrorKind::NotFound, "no such secret");
    co_return SecretBytes(QByteArrayView(found->second));
  }
  Async<> write(QString name, SecretBytes secret) override {
    if (failure) co_return fail(*failure, "failure on purpose");
    secrets[name] = secret.view().toByteArray();
    co_return Result<>();
  }
  Async<> remove(QString name) override {
    if (failure) co_return fail(*failure, "failure on purpose");
    secrets.erase(name);
    co_return Result<>();
  }
};

}  // namespace gx::test
