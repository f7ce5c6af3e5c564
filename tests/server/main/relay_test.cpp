// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/main/relay.h"

#include <QFile>

#include "server/admin/seed_demo.h"
#include "tests/support/relay_user.h"
#include "tests/support/test_relay.h"

namespace gx::server {

using namespace Qt::StringLiterals;

namespace {

class RelayTest : public ::testing::Test {
 protected:
  Result<std::unique_ptr<Relay>> opens(QHash<QByteArray, QByteArray> settings) {
    settings.insert("GX_DATA", m_folder.path().toUtf8());
    settings.insert("GX_LISTEN", "127.0.0.1:0");
    settings.insert("GX_OPS_LISTEN", "127.0.0.1:0");
    config::SettingSources sources;
    sources.environment = settings;
    const auto config = config::Config::load(sources);
    if (!config) return fail(config.error());
    return Relay::open(*config, m_clock, m_random);
  }
  void TearDown() override { stops(); }
  void stops() {
    if (m_relay && m_relay->network().isServing()) test::await(m_relay->drain(), std::chrono::seconds(30));
    m_relay = nullptr;
  }
  Result<> starts(const QHash<QByteArray, QByteArray> &settings) {
    stops();
    m_relay = opens(settings).value_or(nullptr);
    if (!m_relay) return fail(ErrorKind::Internal, "did not open");
    return test::await(m_relay->start(), std::chrono::seconds(60));
  }
  [[nodiscard]] quint16 port() const {
    const QByteArray address = m_relay->network().apiAddress();
    return static_cast<quint16>(address.sliced(address.lastIndexOf(':') + 1).toUInt());
  }
  static QByteArray account(const QByteArray &name, const QByteArray &invite = {}) {
    QByteArray json = "{\"account\":\"" + name + "@gxcoin.test\",\"password\":\"a long enough password\"";
    if (!invite.isEmpty()) json += ",\"invite\":\"" + invite + "\"";
    return json + "}";
  }

  test::TempFolder m_folder;
  SystemClock m_clock;
  OsRandom m_random;
  std::unique_ptr<Relay> m_relay;
};

}  // namespace

TEST_F(RelayTest, ADemoHasItsAccounts) {
  ASSERT_TRUE(starts({{"GX_DEMO", "yes"}}));

  for (const char *name : {"alice@gxcoin.test", "bob@gxcoin.test", "carol@gxcoin.test", "dave@gxcoin.test"})
    EXPECT_EQ(test::RelayUser(port(), name).logsIn().status, 200) << name;
}

TEST_F(RelayTest, ADemoStartsAgainOnItsStoreAndNobodyElseDoes) {
  ASSERT_TRUE(starts({{"GX_DEMO", "yes"}}));
  stops();
  EXPECT_TRUE(starts({{"GX_DEMO", "yes"}}));
  stops();

  const Result<> other = starts({});

  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().kind, ErrorKind::Conflict);
}

TEST_F(RelayTest, ADemoRefusesSomebodysStore) {
  ASSERT_TRUE(starts({}));
  test::RawHttp http(port());
  ASSERT_EQ(http.post("/api/v1/auth/register", account("erin")).status, 201);
  stops();

  EXPECT_EQ(starts({{"GX_DEMO", "yes"}}).error().kind, ErrorKind::Conflict);
}

TEST_F(RelayTest, ASecondRelayOnOneStoreIsRefused) {
  ASSERT_TRUE(starts({}));

  const auto second = opens({});

  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, ErrorKind::Locked);
}

TEST_F(RelayTest, AStoreOfAnotherEnvironmentIsRefusedWithBothNames) {
  ASSERT_TRUE(starts({{"GX_ENVIRONMENT", "testnet"}}));
  stops();

  const auto other = opens({{"GX_ENVIRONMENT", "mainnet"}});

  ASSERT_FALSE(other);
  EXPECT_TRUE(other.error().detail.contains("testnet"));
  EXPECT_TRUE(other.error().detail.contains("mainnet"));
}

TEST_F(RelayTest, RegistrationFollowsTheConfiguration) {
  ASSERT_TRUE(starts({{"GX_REGISTRATION", "closed"}}));
  EXPECT_EQ(test::RawHttp(port()).post("/api/v1/auth/register", account("erin")).code(), "registration_closed");
  stops();

  ASSERT_TRUE(starts({{"GX_REGISTRATION", "invite"}, {"GX_INVITE_CODE", "0123456789abcdef"}}));
  EXPECT_EQ(test::RawHttp(port()).post("/api/v1/auth/register", account("erin")).code(), "invite_invalid");
  EXPECT_EQ(test::RawHttp(port()).post("/api/v1/auth/register", account("erin", "0123456789abcdeX")).code(),
            "invite_invalid");
  EXPECT_EQ(test::RawHttp(port()).post("/api/v1/auth/register", account("erin", "0123456789abcdef")).status, 201);
  stops();

  ASSERT_TRUE(starts({{"GX_REGISTRATION", "invite"}, {"GX_INVITE_CODE", "0123456789abcdef"}}));
  EXPECT_EQ(test::RawHttp(port()).post("/api/v1/auth/register", account("frank", "0123456789abcdef")).status, 201);
}

TEST_F(RelayTest, TestAccountsComeFromAPrivateFile) {
  QFile file(m_folder.file(u"accounts.json"_s));
  ASSERT_TRUE(file.open(QIODevice::WriteOnly));
  file.write(R"({"accounts":[{"account":"grace@gxcoin.test","password":"short"}]})");
  file.close();
  file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);

  ASSERT_TRUE(starts({{"GX_TEST_ACCOUNTS", file.fileName().toUtf8()}}));

  EXPECT_EQ(test::RelayUser(port(), "grace@gxcoin.test", "short").logsIn().status, 200);
  stops();
  file.setPermissions(QFile::ReadOwner | QFile::ReadOther);
  EXPECT_EQ(starts({{"GX_TEST_ACCOUNTS", file.fileName().toUtf8()}}).error().kind, ErrorKind::Untrusted);
}

TEST_F(RelayTest, SaysWhatItIs) {
  ASSERT_TRUE(starts({{"GX_DEMO", "yes"}}));

  const auto info = wire::RelayInfo::parse(test::RawHttp(port()).get("/api/v1/openapi.json").body);

  ASSERT_TRUE(info);
  EXPECT_EQ(info->environment, "local");
  EXPECT_TRUE(info->demo);
  EXPECT_EQ(info->registration, "open");
}

TEST_F(RelayTest, OperationsStayOnTheirPort) {
  test::TestRelay relay;
  test::RawHttp api(relay.apiPort());
  test::RawHttp operations(relay.opsPort());

  for (const char *path : {"/livez", "/readyz", "/metrics", "/"}) {
    EXPECT_EQ(operations.get(path).status, 200) << path;
    EXPECT_EQ(api.get(path).status, 404) << path;
  }
  EXPECT_EQ(operations.get("/api/v1/openapi.json").status, 404);
}

TEST_F(RelayTest, MetricsCountWhatHappens) {
  test::TestRelay relay;
  test::RelayUser alice(relay.apiPort(), "alice@gxcoin.test");
  test::RelayUser bob(relay.apiPort(), "bob@gxcoin.test");
  ASSERT_TRUE(alice.becomesActive());
  ASSERT_TRUE(bob.becomesActive());
  const auto online = bob.goesOnline();
  online->waitFor("ready");
  const auto conversation = alice.conversationWith("bob@gxcoin.test");
  ASSERT_EQ(alice.sends(test::RelayUser::message(conversation, {&bob})).status, 200);
  online->waitFor("mail");

  online->ask("mail.ack", {{QStringLiteral("seq"), 1}});
  for (int i = 0; i < 3; ++i) ASSERT_EQ(alice.sends(test::RelayUser::message(conversation, {&bob})).status, 200);

  const QByteArray text = test::RawHttp(relay.opsPort()).get("/metrics").body;

  for (const char *line :
       {"gx_messages_accepted_total 4\n", "gx_letters_total 4\n", "gx_devices_connected 1\n", "gx_ready 1\n",
        "# TYPE gx_mailbox_letters gauge\ngx_mailbox_letters 3\n", "# TYPE gx_mailbox_bytes gauge\n",
        "# TYPE gx_store_commit_seconds histogram\n", "gx_store_commit_seconds_bucket{le=\"+Inf\"} ",
        "gx_mail_pushed_total{from=\"relay\"} 4\n", "gx_health{probe=\"database\"} 1\n"})
    EXPECT_TRUE(text.contains(line)) << line << text.constData();
  EXPECT_FALSE(text.contains("gxcoin.test"));
}

TEST_F(RelayTest, DrainingTellsClientsAndEnds) {
  test::TestRelay relay;
  test::RelayUser bob(relay.apiPort(), "bob@gxcoin.test");
  ASSERT_TRUE(bob.becomesActive());
  const auto online = bob.goesOnline();
  online->waitFor("ready");

  bool isDrained = false;
  auto drain = [](Relay *draining, bool *done) -> QCoro::Task<> {
    co_await draining->drain();
    *done = true;
  };
  const auto task = drain(&relay.relay(), &isDrained);

  EXPECT_EQ(online->waitFor("closing")[QLatin1String("retry_after_ms")].toInt(), 5000);
  EXPECT_EQ(online->waitForClose(), 1012);
  EXPECT_TRUE(test::waitUntil([&] { return isDrained; }));
}

}  // namespace gx::server
