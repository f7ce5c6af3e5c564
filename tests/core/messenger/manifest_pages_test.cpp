// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/messenger/manifest_pages.h"

#include <gtest/gtest.h>

#include "core/wire/limits.h"
#include "tests/support/await.h"

namespace gx {
namespace {

using messenger::ManifestPages;
using test::await;

// A relay that serves one chain in pages; `root` tells chains apart.
class PagedRelay {
 public:
  explicit PagedRelay(int size) : m_size(size) {}

  ManifestPages pages() {
    return ManifestPages([this](UserId user, qint64 after) { return page(user, after); });
  }
  std::vector<qint64> asked;
  int replacedAt = -1;  // the request at which a new chain has begun
  bool isReplacedAlways = false;
  bool isEndless = false;
  int failsAt = -1;

 private:
  Async<wire::ManifestPage> page(UserId user, qint64 after) {
    const auto number = int(asked.size());
    asked.push_back(after);
    if (number == failsAt) co_return fail(ErrorKind::Network, "gone");
    if (isReplacedAlways || number == replacedAt) ++m_root;
    if (number == replacedAt) m_size = 1;
    wire::ManifestPage made;
    made.userId = user;
    const qint64 last = isEndless ? after + 64 : std::min<qint64>(m_size, after + 64);
    for (qint64 version = after + 1; version <= last; ++version) made.entries.append(entry(version));
    made.more = isEndless || last < m_size;
    co_return made;
  }
  wire::ManifestEntry entry(qint64 version) const {
    wire::ManifestEntry made;
    made.version = version;
    made.createdAt = m_root;
    return made;
  }

  int m_size;
  int m_root = 1;
};

TEST(ManifestPages, OnePageIsOneRequest) {
  PagedRelay relay(64);
  auto pages = relay.pages();

  const auto chain = await(pages.all(UserId{}));

  ASSERT_TRUE(chain);
  EXPECT_EQ(chain->size(), 64);
  EXPECT_EQ(relay.asked, std::vector<qint64>{0});
}

TEST(ManifestPages, AskOnUntilTheEnd) {
  PagedRelay relay(200);
  auto pages = relay.pages();

  const auto chain = await(pages.all(UserId{}));

  ASSERT_TRUE(chain);
  ASSERT_EQ(chain->size(), 200);
  for (int i = 0; i < 200; ++i) EXPECT_EQ(chain->at(i).version, i + 1);
  EXPECT_EQ(relay.asked, (std::vector<qint64>{0, 64, 128, 192, 0}));
}

TEST(ManifestPages, AChainThatWasReplacedMeanwhileIsReadAnew) {
  PagedRelay relay(200);
  relay.replacedAt = 2;
  auto pages = relay.pages();

  const auto chain = await(pages.all(UserId{}));

  ASSERT_TRUE(chain);
  ASSERT_EQ(chain->size(), 1);
  EXPECT_EQ(chain->first().createdAt, 2);
}

TEST(ManifestPages, GiveUpOnARelayThatReplacesThemAlways) {
  PagedRelay relay(200);
  relay.isReplacedAlways = true;
  auto pages = relay.pages();

  const auto chain = await(pages.all(UserId{}));

  ASSERT_FALSE(chain);
  EXPECT_EQ(chain.error().code, "manifest_replaced");
  EXPECT_EQ(relay.asked.size(), 15u);
}

TEST(ManifestPages, AreCutOffAtTheLimit) {
  PagedRelay relay(1);
  relay.isEndless = true;
  auto pages = relay.pages();

  const auto chain = await(pages.all(UserId{}));

  ASSERT_TRUE(chain);
  EXPECT_EQ(chain->size(), wire::limits::kManifestEntries);
}

TEST(ManifestPages, AFailureOfOnePageIsOneOfAll) {
  PagedRelay relay(200);
  relay.failsAt = 2;
  auto pages = relay.pages();

  EXPECT_EQ(await(pages.all(UserId{})).error().kind, ErrorKind::Network);
}

}  // namespace
}  // namespace gx
