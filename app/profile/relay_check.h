// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QList>
#include <QString>
#include <functional>

#include "app/profile/profile_file.h"
#include "core/base/async.h"
#include "core/base/clock.h"
#include "core/net/connection_check.h"

namespace gx::app {

// "Test connection": the numbered checks over a way that need not be a profile's yet.
class RelayCheck final {
 public:
  // `told` hears of each check as it ends. Without a token sign-in and round trip are skipped. Errors: those of
  // ProfileFile::with().
  [[nodiscard]] static Async<QList<net::CheckResult>> run(ProfileFile file, QByteArray accessToken, Clock &clock,
                                                          std::function<void(const net::CheckResult &)> told);
};

}  // namespace gx::app
