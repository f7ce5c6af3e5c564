// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
// RELIABILITY 5.E over a real relay, cases 113 to 129: batches, claims and device lists.
#include <QSet>
#include <memory>

#include "tests/abuse/abused_relay.h"
#include "tests/abuse/case_row.h"
#include "tests/server/net/raw_client.h"
#include "tests/support/relay_user.h"

namespace gx::test {

using namespace Qt::StringLiterals;

namespace {

class KeyFlow : public AbusedRelay {
 public:
  static void SetUpTestSuite() { start(); }
};

// As it is served to the world.
class KeyFetching : public AbusedRelay {
 public:
  static void SetUpTestSuite() { start({u"GX_RATE_SCALE=1"_s}); }
};

QByteArray bundleRequest(const RelayUser &of) {
  wire::BundleRequest request;
  request.userId = of.userId();
  request.deviceIds = {of.deviceId()};
  return request.toJson();
}

QByteArray raw(const QByteArray &path, const QByteArray &token, const QByteArray &body) {
  return "POST " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer " + token +
         "\r\nContent-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

}  // namespace

TEST_F(KeyFlow, A113_AKnownIdKeepsItsBytes) {
  RelayUser alice(port(), "alice@gxcoin.test");
  ASSERT_TRUE(alice.becomesActive());
  wire::KeyUpload more;
  more.preKeys.append({50, RelayUser::freshKey()});
  ASSERT_EQ(alice.http().put("/api/v1/keys", more.toJson()).status, 200);

  EXPECT_EQ(alice.http().put("/api/v1/keys", more.toJson()).status, 200);
  more.preKeys[0].publicKey = RelayUser::freshKey();
  expectProblem(alice.http().put("/api/v1/keys", more.toJson()), 409, "key_conflict");
  EXPECT_EQ(alice.http().get("/api/v1/keys/count").json()[u"prekeys"_s].toInt(), 6);
}

TEST_F(KeyFetching, A115_FetchingOneDevicesKeysIsSlowed) {
  RelayUser alice(port(), "alice@gxcoin.test");
  RelayUser bob(port(), "bob@gxcoin.test");
  ASSERT_TRUE(alice.becomesActive());
  ASSERT_TRUE(bob.becomesActive(50));
  ASSERT_FALSE(alice.conversationWith("bob@gxcoin.test").isNull());

  for (int i = 0; i < 6; ++i) EXPECT_EQ(alice.http().post("/api/v1/keys/bundles", bundleRequest(bob)).status, 200);
  for (int i = 0; i < 20; ++i) {
    const RawResponse slowed = alice.http().post("/api/v1/keys/bundles", bundleRequest(bob));
    expectProblem(slowed, 429, "rate_limited");
    EXPECT_GE(slowed.headers.value("retry-after").toInt(), 1);
  }
  EXPECT_EQ(bob.http().get("/api/v1/keys/count").json()[u"prekeys"_s].toInt(), 44);
  EXPECT_EQ(alice.http().post("/api/v1/keys/bundles", bundleRequest(alice)).status, 200);  // others are not touched
}

TEST_F(KeyFlow, A116_AHundredClaimsAtOnceGetEachKeyOnceAndThenTheLastResort) {
  RelayUser alice(port(), "alice@gxcoin.test");
  RelayUser bob(port(), "bob@gxcoin.test");
  ASSERT_TRUE(alice.becomesActive());
  ASSERT_TRUE(bob.becomesActive(10));
  ASSERT_FALSE(alice.conversationWith("bob@gxcoin.test").isNull());
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < 100; ++i) {
    clients.push_back(std::make_unique<RawClient>(port()));
    clients.back()->send(raw("/api/v1/keys/bundles", alice.token(), bundleRequest(bob)));
  }

  QList<quint32> ids;
  for (const auto &client : clients) {
    ASSERT_TRUE(client->waitForEnd());
    const auto response = wire::BundleResponse::parse(responseOf(client->received()).body);
    ASSERT_TRUE(response && response->bundles.size() == 1) << client->received().constData();
    ids.append(response->bundles[0].preKey.keyId);
  }

  EXPECT_EQ(ids.count(0xFFFFFF), 90);
  ids.removeAll(0xFFFFFF);
  EXPECT_EQ(QSet<quint32>(ids.begin(), ids.end()).size(), 10);
}

TEST_F(KeyFlow, A127_EntriesThatDoNotFollowAreRefusedWithTheirCause) {
  RelayUser alice(port(), "alice@gxcoin.test");
  ASSERT_TRUE(alice.becomesActive());
  RelayUser second(port(), "alice@gxcoin.test");
  ASSERT_EQ(second.logsIn("second").status, 200);
  ASSERT_EQ(second.uploadsKeys().status, 200);
  const auto chain = alice.manifestOf(alice.userId());
  const wire::ManifestEntry good = alice.addEntry(second, chain);

  wire::ManifestEntry fork = alice.addEntry(second, {});  // another version 1
  expectProblem(alice.appends(fork), 409, "manifest_conflict");
  wire::ManifestEntry gap = good;
  gap.version = 5;
  expectProblem(alice.appends(gap), 409, "manifest_conflict");
  wire::ManifestEntry elsewhere = good;
  elsewhere.prevHash[0] = static_cast<char>(elsewhere.prevHash[0] ^ 1);
  expectProblem(alice.appends(elsewhere), 409, "manifest_conflict");
  expectProblem(second.appends(second.addEntry(second, chain)), 403, "device_pending");  // signs itself in
  wire::ManifestEntry another = good;
  another.signature = second.sign("something else");
  expectProblem(alice.appends(another), 422, "invalid_signature");
  wire::ManifestEntry foreign = good;
  foreign.byDevice = second.deviceId();
  expectProblem(alice.appends(foreign), 403, "forbidden");

  ASSERT_EQ(alice.appends(good).status, 201);
  ASSERT_EQ(alice.appends(alice.addEntry(second, alice.manifestOf(alice.userId()), false)).status, 201);
  expectProblem(second.appends(second.addEntry(alice, chain)), 401, "unauthorized");  // removed is removed
}

TEST_F(KeyFlow, A127_ASeventhDeviceIsOneTooMany) {
  RelayUser alice(port(), "alice@gxcoin.test");
  ASSERT_TRUE(alice.becomesActive());
  for (int i = 2; i <= 7; ++i) {
    RelayUser next(port(), "alice@gxcoin.test");
    ASSERT_EQ(next.logsIn("further").status, 200);
    ASSERT_EQ(next.uploadsKeys().status, 200);
    const RawResponse added = alice.appends(alice.addEntry(next, alice.manifestOf(alice.userId())));
    if (i <= 6)
      EXPECT_EQ(added.status, 201) << i;
    else
      expectProblem(added, 422, "too_many_devices");
  }
}

TEST_F(KeyFlow, A128_ARemovedDeviceCannotSendAndIsClosed) {
  RelayUser alice(port(), "alice@gxcoin.test");
  RelayUser bob(port(), "bob@gxcoin.test");
  RelayUser second(port(), "alice@gxcoin.test");
  ASSERT_TRUE(alice.becomesActive());
  ASSERT_TRUE(bob.becomesActive());
  ASSERT_EQ(second.logsIn("second").status, 200);
  ASSERT_EQ(second.uploadsKeys().status, 200);
  ASSERT_EQ(alice.appends(alice.addEntry(second, alice.manifestOf(alice.userId()))).status, 201);
  const auto conversation = alice.conversationWith("bob@gxcoin.test");
  const auto online = second.goesOnline();
  online->waitFor("ready");
  ASSERT_EQ(second.sends(RelayUser::message(conversation, {&alice, &bob})).status, 200);

  ASSERT_EQ(alice.appends(alice.addEntry(second, alice.manifestOf(alice.userId()), false)).status, 201);

  expectProblem(second.sends(RelayUser::message(conversation, {&alice, &bob})), 401, "unauthorized");
  EXPECT_EQ(online->waitForClose(), 4401);
  EXPECT_EQ(bob.http().get("/api/v1/messages").json()[u"messages"_s].toArray().size(), 1);
  EXPECT_EQ(alice.sends(RelayUser::message(conversation, {&bob})).status, 200);  // and nobody must write to it
}

TEST_F(KeyFlow, A129_OfTwoEntriesOfOneVersionTheSecondRebases) {
  RelayUser alice(port(), "alice@gxcoin.test");
  RelayUser second(port(), "alice@gxcoin.test");
  RelayUser third(port(), "alice@gxcoin.test");
  RelayUser fourth(port(), "alice@gxcoin.test");
  ASSERT_TRUE(alice.becomesActive());
  for (RelayUser *device : {&second, &third, &fourth}) {
    ASSERT_EQ(device->logsIn("further").status, 200);
    ASSERT_EQ(device->uploadsKeys().status, 200);
  }
  ASSERT_EQ(alice.appends(alice.addEntry(second, alice.manifestOf(alice.userId()))).status, 201);
  const auto chain = alice.manifestOf(alice.userId());

  EXPECT_EQ(alice.appends(alice.addEntry(third, chain)).status, 201);
  expectProblem(second.appends(second.addEntry(fourth, chain)), 409, "manifest_conflict");
  EXPECT_EQ(second.appends(second.addEntry(fourth, second.manifestOf(second.userId()))).status, 201);
}

}  // namespace gx::test
