// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/net/http_message.h"

#include <gtest/gtest.h>

namespace gx::net {

TEST(HttpResponse, FindsHeadersWithoutRegardToCase) {
  HttpResponse response;
  response.headers.emplaceBack("Content-Type", "text/plain");
  response.headers.emplaceBack("X-Two", "first");
  response.headers.emplaceBack("x-two", "second");

  EXPECT_EQ(response.header("content-type"), "text/plain");
  EXPECT_EQ(response.header("X-TWO"), "first");
  EXPECT_TRUE(response.header("X-None").isEmpty());
}

}  // namespace gx::net
