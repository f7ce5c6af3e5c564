// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
// RELIABILITY 5.A, cases 24 to 26: what stands in the relay's place and is none. A real gx-cli, signed in to a real
// relay, which goes; then the other answers on its port.
#include "tests/abuse/abused_relay.h"
#include "tests/abuse/hostile_server.h"
#include "tests/integration/cli_person.h"
#include "tests/support/await.h"

namespace gx::test {

using namespace Qt::StringLiterals;

namespace {

constexpr int kQueued = 3;      // gx-cli --help: the message is safe here
constexpr int kNotReached = 7;  // no relay

class HostileRelay : public AbusedRelay {
 protected:
  void SetUp() override {
    start();
    m_alice = std::make_unique<CliPerson>(relay().url(), "alice@gxcoin.test");
    m_bob = std::make_unique<CliPerson>(relay().url(), "bob@gxcoin.test");
    ASSERT_EQ(m_alice->signsIn().code, 0);
    ASSERT_EQ(m_bob->signsIn().code, 0);
    ASSERT_EQ(m_alice->runs({u"send"_s, m_bob->who(), u"before"_s}).code, 0);
    relay().stop();
  }
  void TearDown() override { TearDownTestSuite(); }  // each has a relay, and accounts, of its own
  // What a command ends with; the event loop, in which the other server lives, runs meanwhile.
  static int codeOf(CliPerson &person, const QStringList &words) {
    const auto process = person.starts(words);
    process->closeInput();
    return process->waitForEnd(std::chrono::seconds(90));
  }
  // Alice writes, and is told that it is kept; everything that was hers still is, and goes out once the relay is back.
  void expectNothingLost(std::unique_ptr<HostileServer> server) {
    EXPECT_EQ(codeOf(*m_alice, {u"send"_s, m_bob->who(), u"while it was another"_s}), kQueued);
    EXPECT_GT(server->connections(), 0);
    EXPECT_EQ(codeOf(*m_alice, {u"check"_s}), kNotReached);
    server.reset();
    relay().start();
    EXPECT_EQ(m_alice->runs({u"send"_s, m_bob->who(), u"after"_s}).code, 0);
    EXPECT_EQ(m_bob->texts(m_alice->who()), QStringList({u"before"_s, u"while it was another"_s, u"after"_s}));
  }

  std::unique_ptr<CliPerson> m_alice;
  std::unique_ptr<CliPerson> m_bob;
};

}  // namespace

TEST_F(HostileRelay, A24_ACaptivePortalIsNoRelayAndNothingIsLost) {
  const QByteArray page = "<html><body>Please accept our terms</body></html>";
  expectNothingLost(std::make_unique<HostileServer>("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: " +
                                                        QByteArray::number(page.size()) + "\r\n\r\n" + page,
                                                    port()));
}

TEST_F(HostileRelay, A25_ARedirectIsNotFollowedAndNoTokenGoesThere) {
  HostileServer elsewhere("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", 0);
  const QByteArray target = "http://127.0.0.1:" + QByteArray::number(elsewhere.serverPort()) + "/api/v1/";
  expectNothingLost(std::make_unique<HostileServer>(
      "HTTP/1.1 302 Found\r\nLocation: " + target + "\r\nContent-Length: 0\r\n\r\n", port()));
  EXPECT_EQ(elsewhere.connections(), 0);
  EXPECT_TRUE(elsewhere.received().isEmpty());
}

TEST_F(HostileRelay, A26_AnAnswerWithoutEndIsCut) {
  const QByteArray head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2147483648\r\n\r\n";
  auto server = std::make_unique<HostileServer>(head, port(), QByteArray(64 * 1024, ' '));
  const HostileServer &other = *server;
  EXPECT_EQ(codeOf(*m_alice, {u"check"_s}), kNotReached);
  EXPECT_LT(other.sent(), 64LL * 1024 * 1024);
  expectNothingLost(std::move(server));
}

TEST_F(HostileRelay, A26_CompressionIsNotUnpacked) {
  // Ten megabytes of zeros, deflated and announced as gzip, would unpack a thousandfold.
  const QByteArray bomb = qCompress(QByteArray(10 * 1024 * 1024, '\0'), 9);
  auto server = std::make_unique<HostileServer>(
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: " +
          QByteArray::number(bomb.size()) + "\r\n\r\n" + bomb,
      port());
  const HostileServer &other = *server;
  EXPECT_EQ(codeOf(*m_alice, {u"check"_s}), kNotReached);
  EXPECT_FALSE(other.received().toLower().contains("accept-encoding: gzip"));
  expectNothingLost(std::move(server));
}

}  // namespace gx::test
