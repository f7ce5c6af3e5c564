// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/messenger/manifest_pages.h"

#include "core/wire/limits.h"

namespace gx::messenger {

namespace {
constexpr int kReadings = 3;
}

Async<QList<wire::ManifestEntry>> ManifestPages::all(UserId user) {
  for (int reading = 0; reading < kReadings; ++reading) {
    auto chain = co_await readOnce(user);
    if (!chain || chain->size() <= wire::limits::kManifestPage) co_return chain;
    const auto again = co_await m_fetch(user, 0);
    if (!again) co_return tl::unexpected(again.error());
    // The relay serves the newest chain, so one that still begins alike was the newest all the time.
    if (!again->entries.isEmpty() && again->entries.first() == chain->first()) co_return chain;
  }
  co_return fail(ErrorKind::Conflict, "the manifest is replaced as often as it is read", "manifest_replaced");
}

Async<QList<wire::ManifestEntry>> ManifestPages::readOnce(UserId user) {
  QList<wire::ManifestEntry> chain;
  bool hasMore = true;
  while (hasMore && chain.size() < wire::limits::kManifestEntries) {
    const qint64 after = chain.isEmpty() ? 0 : chain.last().version;
    const auto page = co_await m_fetch(user, after);
    if (!page) co_return tl::unexpected(page.error());
    chain += page->entries;
    hasMore = page->more && !page->entries.isEmpty();
  }
  if (chain.size() > wire::limits::kManifestEntries) chain.resize(wire::limits::kManifestEntries);
  co_return chain;
}

}  // namespace gx::messenger
