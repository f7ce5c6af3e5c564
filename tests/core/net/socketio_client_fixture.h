// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <gtest/gtest.h>

#include "core/net/socketio_client.h"
#include "tests/core/net/fake_transport.h"
#include "tests/support/await.h"
#include "tests/support/manual_clock.h"
#include "tests/support/signal_probe.h"

namespace gx::net {

inline Async<QByteArray> payloadOf(Result<QByteArray> payload) {
  co_return payload;
}

// A client whose server is the test.
class SocketIoClientTest : public ::testing::Test {
 protected:
  ~SocketIoClientTest() override { test::await(client.shutdown()); }

  Async<> opening(std::stop_token stop = {}) {
    return client.open([this] { return payloadOf(payload); }, stop);
  }
  // The handshake of Engine.IO, up to the CONNECT that the client sent.
  test::FakeTransport &reached() {
    transports.last().says(
        R"(0{"sid":"s","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000})");
    return transports.last();
  }
  test::FakeTransport &connected() {
    Async<> task = opening();
    test::FakeTransport &server = reached();
    server.says(R"(40{"sid":"x"})");
    EXPECT_TRUE(test::await(std::move(task)));
    server.sent.clear();
    return server;
  }

  test::ManualClock clock;
  test::FakeTransports transports;
  Result<QByteArray> payload = QByteArray(R"({"token":"t"})");
  SocketIoClient client{clock, {}, transports.maker()};
  test::SignalProbe<SocketIoEvent> events{&client, &SocketIoClient::eventReceived};
  test::SignalProbe<Error> closed{&client, &SocketIoClient::closed};
};

}  // namespace gx::net
