// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/config/listen_text.h"

#include <gtest/gtest.h>

namespace gx::server::config {

TEST(ListenText, ReadsNumericAddressesWithPorts) {
  EXPECT_EQ(parseListenText("127.0.0.1:3007"), (ListenText{"127.0.0.1", 3007, true}));
  EXPECT_EQ(parseListenText("127.9.9.9:0"), (ListenText{"127.9.9.9", 0, true}));
  EXPECT_EQ(parseListenText("0.0.0.0:65535"), (ListenText{"0.0.0.0", 65535, false}));
  EXPECT_EQ(parseListenText("[::1]:80"), (ListenText{"::1", 80, true}));
  EXPECT_EQ(parseListenText("[::]:80"), (ListenText{"::", 80, false}));
}

TEST(ListenText, RefusesEverythingElse) {
  for (const char *text : {"", ":", "3007", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1",
                           "127.0.0.1:+1", "127.0.0.1:0x1f", "127.0.0.1: 80", "localhost:80", "::1:80", "[::1]",
                           "[::1]:", "[127.0.0.1]:80", "1.2.3:80", "[::1:80", "127.0.0.1:123456"})
    EXPECT_FALSE(parseListenText(text)) << text;
}

}  // namespace gx::server::config
