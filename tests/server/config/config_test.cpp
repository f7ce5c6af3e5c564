// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/config/config.h"

#include <gtest/gtest.h>

#include <QFile>

#include "tests/support/temp_folder.h"

namespace gx::server::config {

namespace {

using Said = QHash<QByteArray, QByteArray>;

Result<Config> configOf(const Said &environment) {
  SettingSources sources;
  sources.environment = environment;
  return Config::load(sources);
}

QString makeConfigFile(const test::TempFolder &folder, const char *name, QFile::Permissions permissions) {
  QFile file(folder.file(QLatin1String(name)));
  EXPECT_TRUE(file.open(QIODevice::WriteOnly));
  file.write("PEM");
  file.close();
  file.setPermissions(permissions);
  return file.fileName();
}

}  // namespace

TEST(Config, RunsWithoutAnySetting) {
  const auto config = configOf({});

  ASSERT_TRUE(config);
  EXPECT_EQ(config->environment, "local");
  EXPECT_EQ(config->listen, "127.0.0.1:3007");
  EXPECT_EQ(config->opsListen, "127.0.0.1:3008");
  EXPECT_EQ(config->registration, Registration::Open);
  EXPECT_EQ(config->unauthenticatedPerAddress, 20);
  EXPECT_EQ(config->unauthenticatedTotal, 1000);
  EXPECT_EQ(config->timeScale, 1);
  EXPECT_EQ(config->dataFolder, defaultDataFolder(false));
}

TEST(Config, RegistrationIsOpenByDefaultOnlyOnLoopbackOrForADemo) {
  EXPECT_EQ(configOf({{"GX_LISTEN", "0.0.0.0:0"}})->registration, Registration::Closed);
  EXPECT_EQ(configOf({{"GX_OPS_LISTEN", "0.0.0.0:0"}})->registration, Registration::Closed);
  EXPECT_EQ(configOf({{"GX_LISTEN", "0.0.0.0:0"}, {"GX_DEMO", "yes"}})->registration, Registration::Open);
  EXPECT_EQ(configOf({{"GX_LISTEN", "[::1]:0"}})->registration, Registration::Open);
  EXPECT_EQ(configOf({{"GX_REGISTRATION", "closed"}})->registration, Registration::Closed);
  EXPECT_EQ(configOf({{"GX_LISTEN", "0.0.0.0:0"}, {"GX_REGISTRATION", "open"}})->registration, Registration::Open);
}

TEST(Config, InvitationsNeedACode) {
  EXPECT_EQ(configOf({{"GX_REGISTRATION", "invite"}}).error().detail,
            "GX_REGISTRATION: registration = invite needs invite_code");
  const auto config = configOf({{"GX_REGISTRATION", "invite"}, {"GX_INVITE_CODE", "0123456789abcdef"}});
  ASSERT_TRUE(config);
  EXPECT_EQ(config->registration, Registration::Invite);
  EXPECT_FALSE(config->printed.contains("0123456789"));
}

TEST(Config, ADemoHasItsOwnFolder) {
  EXPECT_NE(configOf({{"GX_DEMO", "yes"}})->dataFolder, configOf({})->dataFolder);
  EXPECT_EQ(configOf({{"GX_DEMO", "yes"}, {"GX_DATA", "/x"}})->dataFolder, QLatin1String("/x"));
}

TEST(Config, PublicEnvironmentsAreNotServedInPlainToOthers) {
  EXPECT_FALSE(configOf({{"GX_ENVIRONMENT", "mainnet"}, {"GX_LISTEN", "0.0.0.0:3007"}}));
  EXPECT_FALSE(configOf({{"GX_ENVIRONMENT", "testnet"}, {"GX_LISTEN", "0.0.0.0:3007"}}));
  EXPECT_TRUE(configOf({{"GX_ENVIRONMENT", "mainnet"}}));
  EXPECT_TRUE(configOf({{"GX_ENVIRONMENT", "mainnet"}, {"GX_LISTEN", "0.0.0.0:3007"}, {"GX_BEHIND_PROXY", "yes"}}));
  EXPECT_TRUE(configOf({{"GX_ENVIRONMENT", "devnet"}, {"GX_LISTEN", "0.0.0.0:3007"}}));
}

TEST(Config, TrustedProxiesAreAddressesOrNetworks) {
  EXPECT_TRUE(configOf({})->trustedProxies.isEmpty());
  const auto config = configOf({{"GX_TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8"}});
  ASSERT_TRUE(config);
  ASSERT_EQ(config->trustedProxies.size(), 2);
  EXPECT_EQ(config->trustedProxies[1], parseNetworkText("10.0.0.0/8"));
  EXPECT_EQ(configOf({{"GX_TRUSTED_PROXIES", "127.0.0.1,proxy"}}).error().detail,
            "GX_TRUSTED_PROXIES: trusted_proxies: proxy is no address or network, such as 127.0.0.1 or 10.0.0.0/8");
}

TEST(Config, MainNetHasNoDemo) {
  EXPECT_FALSE(configOf({{"GX_ENVIRONMENT", "mainnet"}, {"GX_DEMO", "yes"}}));
  EXPECT_FALSE(configOf({{"GX_ENVIRONMENT", "mainnet"}, {"GX_TEST_ACCOUNTS", "/x"}}));
}

TEST(Config, TlsNeedsBothFilesAndAPrivateKey) {
  const test::TempFolder folder;
  const QByteArray open = makeConfigFile(folder, "open.pem", QFile::ReadOwner | QFile::ReadOther).toUtf8();
  const QByteArray own = makeConfigFile(folder, "own.pem", QFile::ReadOwner).toUtf8();

  EXPECT_EQ(configOf({{"GX_TLS_CERTIFICATE", open}}).error().detail,
            "GX_TLS_CERTIFICATE: tls_certificate needs tls_key");
  EXPECT_EQ(configOf({{"GX_TLS_KEY", own}}).error().detail, "GX_TLS_KEY: tls_key needs tls_certificate");
  EXPECT_EQ(configOf({{"GX_TLS_CERTIFICATE", open}, {"GX_TLS_KEY", open}}).error().detail,
            "GX_TLS_KEY: tls_key: others may read the file; chmod 600 it");
  EXPECT_EQ(configOf({{"GX_TLS_CERTIFICATE", "/nowhere"}, {"GX_TLS_KEY", own}}).error().detail,
            "GX_TLS_CERTIFICATE: tls_certificate: no such file, or not readable");
  const auto config = configOf({{"GX_TLS_CERTIFICATE", open}, {"GX_TLS_KEY", own}});
  ASSERT_TRUE(config) << config.error().detail.constData();
  EXPECT_EQ(config->tlsKey, QString::fromUtf8(own));
}

TEST(Config, PrintsWhatTheRelayWillDo) {
  const auto config = configOf({{"GX_LISTEN", "0.0.0.0:0"}});

  ASSERT_TRUE(config);
  EXPECT_TRUE(config->printed.contains("\nregistration = closed\n"));
  EXPECT_TRUE(config->printed.contains("\ndata = " + config->dataFolder.toUtf8() + "\n"));
  EXPECT_TRUE(config->printed.contains("(GX_LISTEN)\nlisten = 0.0.0.0:0\n")) << config->printed.constData();
}

TEST(Config, SaysRegistrationInWords) {
  EXPECT_STREQ(toText(Registration::Open), "open");
  EXPECT_STREQ(toText(Registration::Invite), "invite");
  EXPECT_STREQ(toText(Registration::Closed), "closed");
}

}  // namespace gx::server::config
