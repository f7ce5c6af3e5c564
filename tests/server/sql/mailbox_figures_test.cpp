// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/sql/mailbox_figures.h"

#include "tests/server/sql/sql_fixture.h"
#include "tests/support/await.h"
#include "tests/support/manual_clock.h"

namespace gx::test {

using namespace Qt::StringLiterals;
using server::sql::MailboxFigures;
using server::sql::mailboxFigures;

TEST(MailboxFigures, AddUpAllMailboxes) {
  TempFolder folder;
  ManualClock clock;
  const auto store = SqlStore::open(storeIn(folder), clock);
  ASSERT_TRUE(store);
  EXPECT_EQ(await(mailboxFigures(**store)).value(), MailboxFigures());
  ASSERT_TRUE(await((*store)->write([](SqlConnection &db) -> Result<int> {
    if (auto made = db.run(u"INSERT INTO \"MailboxHead\" (\"deviceId\", \"letters\", \"bytes\") "
                           "VALUES (1, 2, 300), (2, 0, 0), (3, 5, 10)"_s);
        !made)
      return fail(made.error());
    return 1;
  })));

  EXPECT_EQ(await(mailboxFigures(**store)).value(), (MailboxFigures{7, 310}));
}

}  // namespace gx::test
