// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/store/device_receipt_store.h"

#include "core/store/message_store.h"
#include "tests/core/store/test_store.h"

namespace gx::test {

namespace {

class DeviceReceiptStoreTest : public StoreTest {
 protected:
  DeviceReceiptStoreTest() {
    store::MessageRow row;
    row.message.conversation = chat;
    row.message.sender = {alice, DeviceId{1}};
    row.message.id = idOf<ClientMessageId>(1);
    line = must(messages.insert(row));
  }
  store::MessageStore messages{*database};
  store::DeviceReceiptStore receipts{*database};
  const model::DeviceAddress device{bob, DeviceId{2}};
  qint64 line = 0;
};

TEST_F(DeviceReceiptStoreTest, OnlyGrows) {
  must(receipts.mark(line, device, false, fromMillis(10)));
  must(receipts.mark(line, device, true, fromMillis(20)));
  must(receipts.mark(line, device, true, fromMillis(30)));
  must(receipts.mark(line, device, false, fromMillis(40)));

  const store::DeviceReceiptRow expected{device, fromMillis(10), fromMillis(20)};
  EXPECT_EQ(must(receipts.of(line)), std::vector<store::DeviceReceiptRow>{expected});
}

TEST_F(DeviceReceiptStoreTest, CountsReadAsDelivered) {
  must(receipts.mark(line, device, true, fromMillis(20)));

  const store::DeviceReceiptRow expected{device, fromMillis(20), fromMillis(20)};
  EXPECT_EQ(must(receipts.of(line)), std::vector<store::DeviceReceiptRow>{expected});
}

TEST_F(DeviceReceiptStoreTest, KeepsDevicesApartAndGoesWithItsLine) {
  const model::DeviceAddress other{bob, DeviceId{7}};
  must(receipts.mark(line, other, true, fromMillis(20)));
  must(receipts.mark(line, device, false, fromMillis(10)));

  const auto rows = must(receipts.of(line));
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].device, device);
  EXPECT_FALSE(rows[0].readAt);
  EXPECT_EQ(rows[1].device, other);

  must(messages.remove(line));
  EXPECT_EQ(count("SELECT count(*) FROM device_receipt"), 0);
}

TEST_F(DeviceReceiptStoreTest, RefusesALineThatIsNotThere) {
  EXPECT_EQ(receipts.mark(line + 1, device, true, fromMillis(1)).error().kind, ErrorKind::Conflict);
}

}  // namespace

}  // namespace gx::test
