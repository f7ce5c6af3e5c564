// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/transaction.h"

#include "core/store/store_error.h"
#include "tests/core/store/test_store.h"

namespace gx::test {

namespace {

class TransactionTest : public StoreTest {
 protected:
  void inserts(const QByteArray &name) {
    must(database->execute("INSERT INTO setting(name, value) VALUES ('" + name + "', '')"));
  }
  qint64 settings() { return count("SELECT count(*) FROM setting"); }
};

TEST_F(TransactionTest, RollsBackWhatWasNotCommitted) {
  {
    store::Transaction transaction(*database);
    must(transaction.began());
    inserts("gone");
  }
  EXPECT_EQ(settings(), 0);
  store::Transaction transaction(*database);
  inserts("kept");
  must(transaction.commit());

  EXPECT_EQ(settings(), 1);
}

TEST_F(TransactionTest, DoesNotBeginInsideAnother) {
  store::Transaction outer(*database);
  inserts("kept");
  {
    const store::Transaction inner(*database);
    EXPECT_FALSE(inner.began());
  }
  must(outer.commit());

  EXPECT_EQ(settings(), 1) << "the inner one took nothing back";
}

TEST_F(TransactionTest, TakesBackAPartAlone) {
  store::Transaction transaction(*database);
  inserts("kept");
  {
    store::Savepoint part(*database);
    inserts("gone");
    must(part.undo());
  }
  {
    const store::Savepoint part(*database);
    inserts("gone too");
  }
  {
    store::Savepoint part(*database);
    inserts("also kept");
    must(part.keep());
  }
  must(transaction.commit());

  EXPECT_EQ(count("SELECT count(*) FROM setting WHERE name IN ('kept', 'also kept')"), 2);
  EXPECT_EQ(settings(), 2);
}

TEST_F(TransactionTest, LeavesTheStoreUsableAfterAStatementFailed) {
  {
    store::Transaction transaction(*database);
    inserts("gone");
    EXPECT_FALSE(database->execute("INSERT INTO setting(name, value) VALUES ('gone', NULL)"));
  }
  EXPECT_EQ(settings(), 0);
  inserts("later");

  EXPECT_EQ(settings(), 1);
}

}  // namespace

}  // namespace gx::test
