// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>

#include "core/base/async.h"

namespace gx::server::domain {

// Port. One thing the relay depends on.
class HealthProbe {
 public:
  virtual ~HealthProbe() = default;

  [[nodiscard]] virtual QByteArray name() const = 0;  // "database"
  [[nodiscard]] virtual bool isCritical() const = 0;  // not ready without it
  [[nodiscard]] virtual Async<> check() = 0;
};

}  // namespace gx::server::domain
