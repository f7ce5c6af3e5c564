// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/config/network_text.h"

#include <gtest/gtest.h>

namespace gx::server::config {

TEST(NetworkText, ReadsAddressesAndNetworks) {
  const NetworkText ten{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 10, 0, 0, 0}, 104};
  const NetworkText one{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 127, 0, 0, 1}, 128};
  const NetworkText documentation{{0x20, 0x01, 0x0d, 0xb8}, 32};

  EXPECT_EQ(parseNetworkText("10.0.0.0/8"), ten);
  EXPECT_EQ(parseNetworkText("127.0.0.1"), one);
  EXPECT_EQ(parseNetworkText("127.0.0.1/32"), one);
  EXPECT_EQ(parseNetworkText("2001:db8::/32"), documentation);
  EXPECT_EQ(parseNetworkText("::1")->bits, 128);
  EXPECT_EQ(parseNetworkText("0.0.0.0/0")->bits, 96);
}

TEST(NetworkText, RefusesTheRest) {
  for (const char *text : {"", "/", "/8", "proxy", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8/8",
                           "10.0.0/8", "2001:db8::/129", "[::1]", "127.0.0.1:80", "10.0.0.0/ 8", "10.0.0.0/0008"})
    EXPECT_FALSE(parseNetworkText(text)) << text;
}

}  // namespace gx::server::config
