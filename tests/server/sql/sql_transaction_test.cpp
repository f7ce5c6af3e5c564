// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/sql/sql_transaction.h"

#include "tests/server/sql/sql_fixture.h"

namespace gx::test {

using namespace Qt::StringLiterals;
using server::sql::SqlTransaction;

class SqlTransactionTest : public SqlTest {};

TEST_F(SqlTransactionTest, KeepsWhatWasCommitted) {
  {
    auto transaction = SqlTransaction::begin(db()).value();
    ASSERT_TRUE(insert(db(), 1));
    ASSERT_TRUE(transaction->commit());
  }
  EXPECT_EQ(count(db()), 1);
}

TEST_F(SqlTransactionTest, RollsBackWhatWasNot) {
  {
    auto transaction = SqlTransaction::begin(db()).value();
    ASSERT_TRUE(insert(db(), 1));
  }
  EXPECT_EQ(count(db()), 0);
  EXPECT_TRUE(SqlTransaction::begin(db()));
}

TEST_F(SqlTransactionTest, DoesNotNest) {
  auto outer = SqlTransaction::begin(db()).value();

  EXPECT_FALSE(SqlTransaction::begin(db()));
}

}  // namespace gx::test
