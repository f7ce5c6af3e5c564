// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/net/request_target.h"

#include <gtest/gtest.h>

namespace gx::server::net {
namespace {

TEST(RequestTarget, SplitsPathAndQuery) {
  EXPECT_EQ(RequestTarget::parse("/"), (RequestTarget{"/", ""}));
  EXPECT_EQ(RequestTarget::parse("/a/b/"), (RequestTarget{"/a/b/", ""}));
  EXPECT_EQ(RequestTarget::parse("/a?b=c&d"), (RequestTarget{"/a", "b=c&d"}));
  EXPECT_EQ(RequestTarget::parse("/a?b?c=/;d"), (RequestTarget{"/a", "b?c=/;d"}));
  EXPECT_EQ(RequestTarget::parse("/bob%40gx.test/%C3%A4"), (RequestTarget{"/bob@gx.test/ä", ""}));
}

TEST(RequestTarget, A17_OtherForms) {
  for (const char *target : {"", "*", "http://other/", "other:443", "a/b", "//other/path", "\\"})
    EXPECT_FALSE(RequestTarget::parse(target)) << target;
}

TEST(RequestTarget, A18_PathsThatCouldMeanAnother) {
  for (const char *target : {"/api/v1/../auth",
                             "/..",
                             "/.",
                             "/a/./b",
                             "/a//b",
                             "//",
                             "/%2e%2e/auth",
                             "/a/%2E",
                             "/a%2fb",
                             "/a%2Fb",
                             "/a%5cb",
                             "/a%00b",
                             "/a%0ab",
                             "/a%7f",
                             "/%c0%ae%c0%ae/",
                             "/%ff",
                             "/%ed%a0%80",
                             "/a;a=b",
                             "/a%3bb",
                             "/%",
                             "/%1",
                             "/%zz",
                             "/%%41",
                             "/a\x80",
                             "/a b",
                             "/a\"b",
                             "/a<b",
                             "/a[b]",
                             "/a^b",
                             "/a?b#c",
                             "/a?\x80",
                             "/a?b c"})
    EXPECT_FALSE(RequestTarget::parse(target)) << target;
}

TEST(QueryValue, DecodesTheFirstOfThatName) {
  EXPECT_EQ(queryValue("EIO=4&transport=polling&t=abc.0", "transport"), "polling");
  EXPECT_EQ(queryValue("a=1&a=2", "a"), "1");
  EXPECT_EQ(queryValue("a", "a"), "");
  EXPECT_EQ(queryValue("a=", "a"), "");
  EXPECT_EQ(queryValue("a=b=c", "a"), "b=c");
  EXPECT_EQ(queryValue("x+y=a+b%20c", "x+y"), "a b c");
  EXPECT_EQ(queryValue("%61=b", "a"), "b");
  EXPECT_EQ(queryValue("&&a=b&", "a"), "b");
  EXPECT_FALSE(queryValue("", "a"));
  EXPECT_FALSE(queryValue("ab=c", "a"));
}

TEST(QueryValue, GivesWhatIsNoTextAsItStands) {
  EXPECT_EQ(queryValue("a=%ff", "a"), "%ff");
  EXPECT_EQ(queryValue("a=%", "a"), "%");
  EXPECT_EQ(queryValue("a=%4", "a"), "%4");
  EXPECT_FALSE(queryValue("%ff=a", "a"));
}

}  // namespace
}  // namespace gx::server::net
