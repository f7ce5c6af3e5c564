// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/admin/port_check.h"

#include <gtest/gtest.h>

#include <QTcpServer>
#include <QTcpSocket>
#include <atomic>
#include <memory>
#include <thread>

namespace gx::server::admin {

namespace {

// Answers every connection with the same bytes, in a thread of its own, because lookAtPort() blocks.
class FixedAnswer final {
 public:
  explicit FixedAnswer(QByteArray answer) {
    std::atomic<quint16> port = 0;
    m_thread = std::thread([this, &port, answer = std::move(answer)] {
      QTcpServer server;
      server.listen(QHostAddress::LocalHost);
      port = server.serverPort();
      while (!m_isEnding) {
        if (!server.waitForNewConnection(20)) continue;
        const std::unique_ptr<QTcpSocket> socket(server.nextPendingConnection());
        socket->waitForReadyRead(1000);
        socket->write(answer);
        socket->waitForBytesWritten(1000);
        socket->disconnectFromHost();
      }
    });
    while (port == 0) std::this_thread::yield();
    m_port = port;
  }
  ~FixedAnswer() {
    m_isEnding = true;
    m_thread.join();
  }
  [[nodiscard]] QByteArray address() const { return "127.0.0.1:" + QByteArray::number(m_port); }

 private:
  std::atomic<bool> m_isEnding = false;
  quint16 m_port = 0;
  std::thread m_thread;
};

}  // namespace

TEST(PortCheck, APortNobodyUsesIsFree) {
  EXPECT_EQ(lookAtPort("127.0.0.1:0", "/", "x").value(), PortState::Free);
}

TEST(PortCheck, KnowsARelayByItsAnswer) {
  const FixedAnswer relay("HTTP/1.1 200 OK\r\n\r\n{\"x-gx-relay\":{}}");

  EXPECT_EQ(lookAtPort(relay.address(), "/api/v1/openapi.json", "x-gx-relay").value(), PortState::ServedByRelay);
}

TEST(PortCheck, AnythingElseIsInTheWay) {
  const FixedAnswer other("HTTP/1.1 200 OK\r\n\r\nhello");

  EXPECT_EQ(lookAtPort(other.address(), "/api/v1/openapi.json", "x-gx-relay").value(), PortState::TakenByOther);
}

TEST(PortCheck, AnAddressThatIsNotOursIsAnError) {
  EXPECT_FALSE(lookAtPort("192.0.2.1:3007", "/", "x"));
  EXPECT_FALSE(lookAtPort("nonsense", "/", "x"));
}

}  // namespace gx::server::admin
