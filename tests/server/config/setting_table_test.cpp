// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/config/setting_table.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace gx::server::config {

TEST(SettingTable, NamesAreUniqueAndFallbacksFit) {
  std::set<std::string> names;
  for (const Setting &setting : settingTable()) {
    EXPECT_TRUE(names.insert(setting.name).second) << setting.name;
    EXPECT_EQ(refusalOf(setting, setting.fallback), "") << setting.name;
    EXPECT_STRNE(setting.about, "") << setting.name;
    EXPECT_FALSE(setting.isSecret && setting.fallback[0] != '\0') << setting.name;
  }
}

TEST(SettingTable, FindsTheNearestName) {
  EXPECT_EQ(nearestSettingName("registartion"), "registration");
  EXPECT_EQ(nearestSettingName("tls_certifcate"), "tls_certificate");
  EXPECT_EQ(nearestSettingName("ops-listen"), "ops_listen");
  EXPECT_EQ(nearestSettingName("x"), "");
  EXPECT_EQ(nearestSettingName("something_else_altogether_and_long"), "");
}

TEST(SettingTable, NamesTheEnvironmentVariable) {
  EXPECT_EQ(environmentName(*findSetting("ops_listen")), "GX_OPS_LISTEN");
  EXPECT_EQ(findSetting("nothing"), nullptr);
}

struct NamedValue {
  const char *name;
  const char *value;
};

TEST(SettingTable, RefusesValuesThatDoNotFit) {
  for (const auto &[name, value] :
       {NamedValue{"demo", "true"}, NamedValue{"demo", ""}, NamedValue{"demo", "YES"},
        NamedValue{"environment", "MainNet"}, NamedValue{"registration", "maybe"}, NamedValue{"listen", "localhost:1"},
        NamedValue{"listen", ""}, NamedValue{"ops_listen", "1"}, NamedValue{"connections_total", "-1"},
        NamedValue{"connections_total", "1.5"}, NamedValue{"connections_total", "many"},
        NamedValue{"connections_total", "99999999999999999999"}, NamedValue{"time_scale", "0"},
        NamedValue{"time_scale", "nan"}, NamedValue{"time_scale", "2"}, NamedValue{"rate_scale", "0.5"},
        NamedValue{"invite_code", "short"}})
    EXPECT_NE(refusalOf(*findSetting(name), value), "") << name << " = " << value;
}

TEST(SettingTable, TakesValuesThatFit) {
  for (const auto &[name, value] :
       {NamedValue{"demo", "yes"}, NamedValue{"environment", "testnet"}, NamedValue{"data", "/x y/z"},
        NamedValue{"registration", ""}, NamedValue{"time_scale", "0.05"}, NamedValue{"rate_scale", "1000"},
        NamedValue{"invite_code", "0123456789abcdef"}})
    EXPECT_EQ(refusalOf(*findSetting(name), value), "") << name << " = " << value;
}

}  // namespace gx::server::config
