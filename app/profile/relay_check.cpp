// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "app/profile/relay_check.h"

#include "core/net/http_client.h"

namespace gx::app {

Async<QList<net::CheckResult>> RelayCheck::run(ProfileFile file, QByteArray accessToken, Clock &clock,
                                               std::function<void(const net::CheckResult &)> told) {
  auto policy = file.policy();
  if (!policy) co_return tl::unexpected(policy.error());
  const auto address = file.address();
  if (!address) co_return tl::unexpected(address.error());
  net::HttpClient http(clock, std::move(*policy));
  net::ConnectionCheck check(http, *address);
  QObject::connect(&check, &net::ConnectionCheck::checked, &check, [&told](const net::CheckResult &r) { told(r); });
  auto results = co_await check.run(std::move(accessToken));
  co_await http.shutdown();
  co_return results;
}

}  // namespace gx::app
