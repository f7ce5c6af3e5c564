// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QString>

#include "core/base/async.h"
#include "core/base/secret_bytes.h"

namespace gx::secrets {

// A place outside our folder that keeps named secrets for this user. Main thread.
class SecretStore {
 public:
  virtual ~SecretStore() = default;

  // NotFound: no such secret, *or the store is locked and does not say so*. Unavailable: no store. Timeout: it does not
  // answer.
  [[nodiscard]] virtual Async<SecretBytes> read(QString name) = 0;
  // Done only after it was read back and was the same.
  [[nodiscard]] virtual Async<> write(QString name, SecretBytes secret) = 0;
  // Fine when there was none.
  [[nodiscard]] virtual Async<> remove(QString name) = 0;
};

}  // namespace gx::secrets
