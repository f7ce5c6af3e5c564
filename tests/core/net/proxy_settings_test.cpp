// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/net/proxy_settings.h"

#include <gtest/gtest.h>

namespace gx::net {

using namespace Qt::StringLiterals;

TEST(ProxySettings, ReadsWhatPeopleWrite) {
  EXPECT_EQ(parseProxy(u"system"_s)->kind, ProxySettings::Kind::System);
  EXPECT_EQ(parseProxy(u"none"_s)->kind, ProxySettings::Kind::None);

  const auto http = parseProxy(u"http://proxy.example:8080"_s);
  ASSERT_TRUE(http);
  EXPECT_EQ(http->kind, ProxySettings::Kind::HttpConnect);
  EXPECT_EQ(http->host, u"proxy.example"_s);
  EXPECT_EQ(http->port, 8080);

  const auto socks = parseProxy(u"socks5://me:p%40ss@proxy.example"_s);
  ASSERT_TRUE(socks);
  EXPECT_EQ(socks->kind, ProxySettings::Kind::Socks5);
  EXPECT_EQ(socks->port, 1080);
  EXPECT_EQ(socks->user, u"me"_s);
  EXPECT_EQ(socks->password, u"p@ss"_s);
}

TEST(ProxySettings, RefusesAnythingElse) {
  for (const auto &text : {u""_s, u"proxy.example"_s, u"https://proxy.example"_s, u"http://"_s, u"http://p.example/x"_s,
                           u"socks4://p.example"_s, u"http://p.example?x=1"_s})
    EXPECT_FALSE(parseProxy(text)) << text.toStdString();
}

TEST(ProxySettings, AreDescribedWithoutThePassword) {
  EXPECT_EQ(describe(*parseProxy(u"system"_s)), u"system"_s);
  EXPECT_EQ(describe(*parseProxy(u"none"_s)), u"none"_s);
  EXPECT_EQ(describe(*parseProxy(u"socks5://me:secret@p.example:99"_s)), u"socks5://me@p.example:99"_s);
  EXPECT_EQ(describe(*parseProxy(u"http://p.example"_s)), u"http://p.example:3128"_s);
}

}  // namespace gx::net
