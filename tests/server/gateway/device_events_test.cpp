// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/gateway/device_events.h"

#include "tests/server/gateway/gateway_fixture.h"

namespace gx::server::gateway {

using namespace Qt::StringLiterals;

namespace {

using DeviceEventsTest = GatewayTest;

}  // namespace

TEST_F(DeviceEventsTest, TellsOfLinksManifestsAndFewPreKeys) {
  const auto bob = m_bob.goesOnline();
  bob->waitFor("ready");
  const auto alice = m_alice.goesOnline();
  alice->waitFor("ready");
  RelayUser second(m_relay.apiPort(), "bob@gxcoin.test");
  ASSERT_EQ(second.logsIn("laptop").status, 200);
  ASSERT_EQ(second.uploadsKeys().status, 200);

  const QByteArray link = "{\"commitment\":\"" + QByteArray(32, 'c').toBase64() + "\"}";
  ASSERT_EQ(second.http().put("/api/v1/keys/link", link).status, 200);
  EXPECT_EQ(bob->waitFor("device.link")[u"device_id"].toInt(), static_cast<int>(second.deviceId().value));

  ASSERT_EQ(m_bob.appends(m_bob.addEntry(second, m_bob.manifestOf(m_bob.userId()))).status, 201);
  EXPECT_EQ(alice->waitFor("manifest.changed")[u"version"].toInt(), 2);
  EXPECT_EQ(bob->waitFor("manifest.changed")[u"user_id"].toString(), idText(m_bob.userId()));

  wire::BundleRequest bundles;
  bundles.userId = m_bob.userId();
  bundles.deviceIds = {m_bob.deviceId()};
  ASSERT_EQ(m_alice.http().post("/api/v1/keys/bundles", bundles.toJson()).status, 200);
  EXPECT_EQ(bob->waitFor("keys.low")[u"prekeys"].toInt(), 4);
}

}  // namespace gx::server::gateway
