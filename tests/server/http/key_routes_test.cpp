// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/http/key_routes.h"

#include "core/wire/link_dto.h"
#include "tests/support/relay_user.h"
#include "tests/support/test_relay.h"

namespace gx::server::http {

using namespace Qt::StringLiterals;

namespace {

using test::RelayUser;

class KeyRoutesTest : public ::testing::Test {
 protected:
  static wire::BundleRequest bundleOf(const RelayUser &user) {
    wire::BundleRequest request;
    request.userId = user.userId();
    request.deviceIds = {user.deviceId()};
    return request;
  }
  Result<wire::BundleResponse> takesBundle(RelayUser &who, const RelayUser &of) {
    return wire::BundleResponse::parse(who.http().post("/api/v1/keys/bundles", bundleOf(of).toJson()).body);
  }
  void becomeFriends() {
    ASSERT_TRUE(m_alice.becomesActive());
    ASSERT_TRUE(m_bob.becomesActive(2));
    ASSERT_FALSE(m_alice.conversationWith("bob@gxcoin.test").isNull());
  }

  test::TestRelay m_relay{{{"GX_RATE_SCALE", "1000"}}};
  RelayUser m_alice{m_relay.apiPort(), "alice@gxcoin.test"};
  RelayUser m_bob{m_relay.apiPort(), "bob@gxcoin.test"};
};

}  // namespace

TEST_F(KeyRoutesTest, TakesAFirstUploadAndItsRepetition) {
  ASSERT_EQ(m_alice.logsIn().status, 200);
  const QByteArray keys = m_alice.keys(3).toJson();

  const auto first = m_alice.http().put("/api/v1/keys", keys);
  const auto again = m_alice.http().put("/api/v1/keys", keys);

  EXPECT_EQ(first.status, 200);
  EXPECT_EQ(first.json()[u"prekeys"_s].toInt(), 3);
  EXPECT_EQ(first.json()[u"signed_prekey_id"_s].toInt(), 1);
  EXPECT_EQ(again.body, first.body);
}

TEST_F(KeyRoutesTest, RefusesOtherBytesForAKnownId) {
  ASSERT_EQ(m_alice.logsIn().status, 200);
  ASSERT_EQ(m_alice.uploadsKeys(3).status, 200);
  wire::KeyUpload more;
  more.preKeys.append({2, RelayUser::freshKey()});

  EXPECT_EQ(m_alice.http().put("/api/v1/keys", more.toJson()).code(), "key_conflict");
  wire::KeyUpload otherIdentity = m_alice.keys(0);
  otherIdentity.identityKey = RelayUser::freshKey();
  EXPECT_GE(m_alice.http().put("/api/v1/keys", otherIdentity.toJson()).status, 409);
}

TEST_F(KeyRoutesTest, RefusesAWrongSignatureAndHalfAnUpload) {
  ASSERT_EQ(m_alice.logsIn().status, 200);
  wire::KeyUpload forged = m_alice.keys();
  forged.signedPreKey->signature[5] = static_cast<char>(forged.signedPreKey->signature[5] ^ 1);
  EXPECT_EQ(m_alice.http().put("/api/v1/keys", forged.toJson()).code(), "invalid_signature");

  wire::KeyUpload half = m_alice.keys();
  half.signedPreKey.reset();
  EXPECT_EQ(m_alice.http().put("/api/v1/keys", half.toJson()).code(), "invalid_keys");
  EXPECT_EQ(m_alice.uploadsKeys().status, 200);
}

TEST_F(KeyRoutesTest, CountsAuditsAndResets) {
  ASSERT_TRUE(m_alice.becomesActive(4));

  const auto count = wire::KeyCount::parse(m_alice.http().get("/api/v1/keys/count").body);
  const auto audit = wire::KeyAudit::parse(m_alice.http().get("/api/v1/keys/audit").body);
  wire::KeyUpload fresh = m_alice.keys(6);
  fresh.identityKey.reset();
  const auto reset = m_alice.http().put("/api/v1/keys/reset", fresh.toJson());

  ASSERT_TRUE(count);
  EXPECT_EQ(count->preKeys, 4);
  ASSERT_TRUE(audit);
  EXPECT_EQ(audit->preKeys.size(), 4);
  EXPECT_EQ(reset.status, 200) << reset.body.constData();
  EXPECT_EQ(reset.json()[u"prekeys"_s].toInt(), 6);
  EXPECT_EQ(reset.json()[u"key_generation"_s].toInt(), static_cast<int>(count->keyGeneration) + 1);
}

TEST_F(KeyRoutesTest, HandsEachPreKeyOutOnceAndThenTheLastResort) {
  becomeFriends();

  QList<quint32> ids;
  for (int i = 0; i < 3; ++i) {
    const auto bundle = takesBundle(m_alice, m_bob);
    ASSERT_TRUE(bundle);
    ASSERT_EQ(bundle->bundles.size(), 1);
    EXPECT_EQ(bundle->bundles[0].identityKey, m_bob.identity().publicKey.bytes());
    ids.append(bundle->bundles[0].preKey.keyId);
  }

  EXPECT_EQ(ids, (QList<quint32>{1, 2, 0xFFFFFF}));
}

TEST_F(KeyRoutesTest, StrangersGetNothing) {
  ASSERT_TRUE(m_alice.becomesActive());
  ASSERT_TRUE(m_bob.becomesActive());

  EXPECT_EQ(m_alice.http().post("/api/v1/keys/bundles", bundleOf(m_bob).toJson()).status, 404);
  EXPECT_EQ(m_alice.http().get("/api/v1/keys/devices/" + toText(m_bob.userId())).status, 404);
  EXPECT_EQ(m_alice.http().get("/api/v1/keys/manifest/" + toText(m_bob.userId())).status, 404);
  EXPECT_EQ(m_alice.http().get("/api/v1/keys/devices/not-an-id").status, 404);
}

TEST_F(KeyRoutesTest, FriendsSeeDevicesAndManifest) {
  becomeFriends();

  const auto devices =
      wire::UserDevices::parse(m_alice.http().get("/api/v1/keys/devices/" + toText(m_bob.userId())).body);
  ASSERT_TRUE(devices);
  ASSERT_EQ(devices->devices.size(), 1);
  EXPECT_EQ(devices->devices[0].registrationId, m_bob.registrationId());
  EXPECT_EQ(m_alice.manifestOf(m_bob.userId()).size(), 1);
  const auto after = m_alice.http().get("/api/v1/keys/manifest/" + toText(m_bob.userId()) + "?after=1");
  EXPECT_EQ(after.json()[u"entries"_s].toArray().size(), 0);
  EXPECT_EQ(m_alice.http().get("/api/v1/keys/manifest/" + toText(m_bob.userId()) + "?after=x").status, 400);
}

TEST_F(KeyRoutesTest, AManifestEntryMustBeSignedAndFollow) {
  ASSERT_TRUE(m_alice.becomesActive());
  RelayUser second(m_relay.apiPort(), "alice@gxcoin.test");
  ASSERT_EQ(second.logsIn("laptop").status, 200);
  ASSERT_EQ(second.uploadsKeys().status, 200);
  const auto chain = m_alice.manifestOf(m_alice.userId());
  ASSERT_EQ(chain.size(), 1);

  EXPECT_EQ(second.appends(second.addEntry(second, chain)).code(), "device_pending");
  wire::ManifestEntry forged = m_alice.addEntry(second, chain);
  forged.signature[3] = static_cast<char>(forged.signature[3] ^ 1);
  EXPECT_EQ(m_alice.appends(forged).status, 422);
  const wire::ManifestEntry entry = m_alice.addEntry(second, chain);
  EXPECT_EQ(m_alice.appends(entry).status, 201);
  EXPECT_EQ(m_alice.appends(entry).code(), "manifest_conflict");
  EXPECT_EQ(second.http().get("/api/v1/keys/count").status, 200);
}

TEST_F(KeyRoutesTest, RemovingADeviceEndsItsTokens) {
  ASSERT_TRUE(m_alice.becomesActive());
  RelayUser second(m_relay.apiPort(), "alice@gxcoin.test");
  ASSERT_EQ(second.logsIn("laptop").status, 200);
  ASSERT_EQ(second.uploadsKeys().status, 200);
  ASSERT_EQ(m_alice.appends(m_alice.addEntry(second, m_alice.manifestOf(m_alice.userId()))).status, 201);

  const auto removal = m_alice.appends(m_alice.addEntry(second, m_alice.manifestOf(m_alice.userId()), false));

  EXPECT_EQ(removal.status, 201) << removal.body.constData();
  EXPECT_EQ(second.http().get("/api/v1/keys/count").status, 401);
}

TEST_F(KeyRoutesTest, LinksADeviceInThreeNotes) {
  ASSERT_TRUE(m_alice.becomesActive());
  RelayUser second(m_relay.apiPort(), "alice@gxcoin.test");
  ASSERT_EQ(second.logsIn("laptop").status, 200);
  ASSERT_EQ(second.uploadsKeys().status, 200);
  const QByteArray nonce(16, 'n');
  const QByteArray key = second.identity().publicKey.bytes();
  wire::LinkPut put;
  put.commitment = wire::linkCommitment(second.userId(), second.deviceId(), key, nonce);
  const QByteArray link = "/api/v1/keys/link/" + toText(second.deviceId());

  EXPECT_EQ(m_alice.http().get(link).status, 404);
  EXPECT_EQ(second.http().put("/api/v1/keys/link", put.toJson()).status, 200);
  wire::LinkAnswer answer;
  answer.identityKey = m_alice.identity().publicKey.bytes();
  answer.nonce = QByteArray(16, 'o');
  EXPECT_EQ(m_alice.http().post(link, answer.toJson()).status, 200);
  put.identityKey = key;
  put.nonce = nonce;
  EXPECT_EQ(second.http().put("/api/v1/keys/link", put.toJson()).status, 200);

  const auto state = wire::LinkState::parse(m_alice.http().get(link).body);
  ASSERT_TRUE(state);
  ASSERT_TRUE(state->answer && state->reveal);
  EXPECT_EQ(state->reveal->nonce, nonce);
  EXPECT_EQ(state->answer->deviceId, m_alice.deviceId());
  answer.nonce = QByteArray(16, 'p');
  EXPECT_EQ(m_alice.http().post(link, answer.toJson()).code(), "link_conflict");
  ASSERT_TRUE(m_bob.becomesActive());
  EXPECT_EQ(m_bob.http().get(link).status, 404);
}

TEST_F(KeyRoutesTest, BadBodiesAre400WithThePath) {
  ASSERT_TRUE(m_alice.becomesActive());

  for (const auto &[method, path] :
       std::initializer_list<std::pair<const char *, const char *>>{{"PUT", "/keys"},
                                                                    {"PUT", "/keys/reset"},
                                                                    {"POST", "/keys/bundles"},
                                                                    {"POST", "/keys/manifest"},
                                                                    {"PUT", "/keys/link"},
                                                                    {"POST", "/keys/link/5"}})
    for (const char *body :
         {"", "null", "[]", "{", "{\"a\":1e999}", "{\"prekeys\":[5],\"user_id\":5,\"entry\":[],\"commitment\":1}"}) {
      const auto response = m_alice.http().send(method, QByteArray("/api/v1") + path, body);
      EXPECT_EQ(response.status, 400) << path << ' ' << body << ' ' << response.body.constData();
      EXPECT_EQ(response.code(), "bad_request");
    }
}

}  // namespace gx::server::http
