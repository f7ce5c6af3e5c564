// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
// RELIABILITY 5.B, cases 49 to 52: what is somebody else's, what nobody may set, and codes.
#include <memory>

#include "core/wire/link_dto.h"
#include "tests/abuse/abused_relay.h"
#include "tests/support/relay_user.h"

namespace gx::test {

using namespace Qt::StringLiterals;

namespace {

// An id like any other that names nothing.
constexpr char kNothing[] = "01890000-0000-7000-8000-000000000001";

QJsonObject withoutRequestId(const RawResponse &response) {
  QJsonObject body = response.json();
  body.remove(u"request_id"_s);
  return body;
}

// Alice and Bob share a conversation; Carol knows neither.
class Foreign : public AbusedRelay {
 public:
  static void SetUpTestSuite() { start(); }

 protected:
  void SetUp() override {
    m_alice = std::make_unique<RelayUser>(port(), "alice@gxcoin.test");
    m_bob = std::make_unique<RelayUser>(port(), "bob@gxcoin.test");
    m_carol = std::make_unique<RelayUser>(port(), "carol@gxcoin.test");
    for (RelayUser *user : {m_alice.get(), m_bob.get(), m_carol.get()}) ASSERT_TRUE(user->becomesActive());
    m_conversation = m_alice->conversationWith("bob@gxcoin.test");
  }
  // The same answer, but for its number, to Carol's asking for theirs and for nothing at all.
  void expectSame(const QByteArray &method, const QByteArray &theirs, const QByteArray &nothing,
                  const QByteArray &body = {}, const QByteArray &nothingBody = {}) {
    const RawResponse foreign = m_carol->http().send(method, theirs, body);
    const RawResponse missing = m_carol->http().send(method, nothing, nothingBody.isNull() ? body : nothingBody);
    expectProblem(foreign, 404, "not_found");
    EXPECT_EQ(foreign.status, missing.status);
    EXPECT_EQ(withoutRequestId(foreign), withoutRequestId(missing)) << theirs.constData();
  }

  std::unique_ptr<RelayUser> m_alice;
  std::unique_ptr<RelayUser> m_bob;
  std::unique_ptr<RelayUser> m_carol;
  ConversationId m_conversation;
};

class Invites : public AbusedRelay {
 public:
  static void SetUpTestSuite() {
    start({u"GX_RATE_SCALE=1"_s, u"GX_REGISTRATION=invite"_s, u"GX_INVITE_CODE=correct-horse-battery-staple"_s});
  }

 protected:
  static RawResponse registers(RawHttp &http, const QByteArray &account, const QByteArray &invite) {
    return http.post("/api/v1/auth/register", R"({"account":")" + account +
                                                  R"(","password":"a fine long password","invite":")" + invite + "\"}");
  }
};

}  // namespace

TEST_F(Foreign, A49_ConversationsAndMessagesOfOthersDoNotExist) {
  expectSame("GET", "/api/v1/conversations/" + toText(m_conversation), "/api/v1/conversations/" + QByteArray(kNothing));

  auto theirs = RelayUser::message(m_conversation, {m_bob.get()});
  auto nothing = theirs;
  nothing.conversationId = *parseId<ConversationId>(kNothing);
  expectSame("POST", "/api/v1/messages", "/api/v1/messages", theirs.toJson(), nothing.toJson());
  EXPECT_EQ(m_bob->http().get("/api/v1/messages").json()[u"messages"_s].toArray().size(), 0);
}

TEST_F(Foreign, A49_KeysAndDevicesOfStrangersDoNotExist) {
  const QByteArray alice = toText(m_alice->userId());
  for (const char *path : {"/api/v1/keys/devices/", "/api/v1/keys/manifest/"})
    expectSame("GET", path + alice, path + QByteArray(kNothing));
  const auto bundles = [](const QByteArray &user, const QByteArray &device) {
    return R"({"user_id":")" + user + R"(","device_ids":[)" + device + "]}";
  };
  const QByteArray device = toText(m_alice->deviceId());
  expectSame("POST", "/api/v1/keys/bundles", "/api/v1/keys/bundles", bundles(alice, device), bundles(kNothing, device));
  expectSame("DELETE", "/api/v1/auth/devices/" + device, "/api/v1/auth/devices/1");
  expectSame("GET", "/api/v1/keys/link/" + device, "/api/v1/keys/link/1");
  EXPECT_EQ(m_alice->http().get("/api/v1/keys/count").json()[u"prekeys"_s], 5);
}

TEST_F(Foreign, A50_NobodySetsWhatIsNotTheirs) {
  RawHttp http(port());
  const QByteArray more = R"("is_admin":true,"tenant_id":"other","created_at":1,"user_id":")" + QByteArray(kNothing) +
                          R"(","device_id":7,"device_state":"ACTIVE","state":"ACTIVE"})";
  const QByteArray start = R"({"account":"greedy@gxcoin.test","password":"a fine long password",)";

  const RawResponse made = http.post("/api/v1/auth/register", start + more);
  ASSERT_EQ(made.status, 201);
  EXPECT_NE(made.json()[u"user_id"_s], QString::fromLatin1(kNothing));
  EXPECT_EQ(made.json().keys(), QStringList({u"account"_s, u"user_id"_s}));

  const RawResponse in = http.post("/api/v1/auth/login", start + R"("device_name":"desk",)" + more);
  ASSERT_EQ(in.status, 200);
  EXPECT_EQ(in.json()[u"device_state"_s], u"PENDING"_s);
  EXPECT_EQ(in.json()[u"user_id"_s], made.json()[u"user_id"_s]);
  http.setToken(in.json()[u"access_token"_s].toString().toUtf8());
  expectProblem(http.get("/api/v1/conversations"), 403, "device_pending");
}

TEST_F(Invites, A51_GuessingCodesIsSlowed) {
  RawHttp guesser(port());
  int slowed = 0;
  for (int i = 0; i < 80; ++i) {
    const QByteArray number = QByteArray::number(i);
    const RawResponse guess = registers(guesser, "guest" + number + "@gxcoin.test", "guess-" + number);
    if (guess.status == 429)
      ++slowed;
    else
      expectProblem(guess, 403, "invite_invalid");
  }
  EXPECT_GE(slowed, 10);

  RawHttp invited(port(), QHostAddress(u"127.0.0.2"_s));
  EXPECT_EQ(registers(invited, "guest@gxcoin.test", "correct-horse-battery-staple").status, 201);
}

TEST_F(Foreign, A52_ALinkIsOfItsAccountAndUsedOnce) {
  RelayUser pending(port(), "alice@gxcoin.test");
  ASSERT_EQ(pending.logsIn("second").status, 200);
  ASSERT_EQ(pending.uploadsKeys().status, 200);
  const QByteArray identity = pending.identity().publicKey.bytes();
  const QByteArray nonce(16, 'n');
  const QByteArray commitment = wire::linkCommitment(pending.userId(), pending.deviceId(), identity, nonce);
  const QByteArray path = "/api/v1/keys/link/" + toText(pending.deviceId());
  const QByteArray answer = wire::LinkAnswer{m_alice->identity().publicKey.bytes(), nonce}.toJson();

  expectProblem(m_alice->http().post(path, answer), 404, "not_found");  // nothing was asked yet
  ASSERT_EQ(pending.http().put("/api/v1/keys/link", wire::LinkPut{commitment}.toJson()).status, 200);
  expectProblem(m_bob->http().post(path, answer), 404, "not_found");
  expectProblem(m_bob->http().get(path), 404, "not_found");
  ASSERT_EQ(m_alice->http().post(path, answer).status, 200);
  const QByteArray other = wire::LinkAnswer{m_alice->identity().publicKey.bytes(), QByteArray(16, 'o')}.toJson();
  expectProblem(m_alice->http().post(path, other), 409, "link_conflict");
  const QByteArray lie = wire::LinkPut{commitment, identity, QByteArray(16, 'x')}.toJson();
  expectProblem(pending.http().put("/api/v1/keys/link", lie), 409, "link_conflict");

  EXPECT_EQ(m_alice->manifestOf(m_alice->userId()).size(), 1);  // none of it approved anybody
  EXPECT_EQ(pending.http().get("/api/v1/keys/count").status, 403);
}

}  // namespace gx::test
