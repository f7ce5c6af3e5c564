// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <functional>

#include "core/base/async.h"
#include "core/wire/manifest_dto.h"

namespace gx::messenger {

// Reads a person's whole device manifest from the relay, page after page. Checks nothing but that all pages are of one
// chain: what the entries are worth, the vault decides.
class ManifestPages final {
 public:
  // GET /keys/manifest/{user}?after=
  using Fetch = std::function<Async<wire::ManifestPage>(UserId user, qint64 after)>;
  explicit ManifestPages(Fetch fetch) : m_fetch(std::move(fetch)) {}

  // At most limits::kManifestEntries; a relay that goes on is cut off there. Conflict manifest_replaced when a new
  // chain began each time it was read; else errors of the fetch.
  [[nodiscard]] Async<QList<wire::ManifestEntry>> all(UserId user);

 private:
  Async<QList<wire::ManifestEntry>> readOnce(UserId user);

  Fetch m_fetch;
};

}  // namespace gx::messenger
