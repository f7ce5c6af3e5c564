// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "tests/core/vault/test_device.h"

namespace gx::test {

// Alice with two devices, Bob with one, each with a vault; one direct conversation between them.
class VaultTest : public ::testing::Test {
 protected:
  VaultTest();

  // A device of `user` that its account's chain lists.
  std::unique_ptr<TestDevice> joins(UserId user, quint32 device, quint64 seed);
  // `by` signs an entry about `device`, and the relay takes it.
  void lists(TestDevice &by, TestDevice &device);
  void unlists(TestDevice &by, const TestDevice &device);
  [[nodiscard]] vault::ConversationFacts facts() const;
  // Letters and receipts until nobody has anything left.
  void settles();

  ManualClock clock;
  TestRelay relay{clock};
  UserId aliceUser;
  UserId bobUser;
  ConversationId chat;
  std::unique_ptr<TestDevice> alice;
  std::unique_ptr<TestDevice> laptop;  // Alice's second
  std::unique_ptr<TestDevice> bob;
};

}  // namespace gx::test
