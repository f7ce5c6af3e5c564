// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
// RELIABILITY 5.C over a real relay: the way to a connection. Engine.IO's own errors are
// {"code":number,"message":text}.
#include <QJsonDocument>

#include "tests/abuse/abused_relay.h"
#include "tests/abuse/case_row.h"
#include "tests/abuse/raw_gateway.h"

namespace gx::test {

using namespace Qt::StringLiterals;

namespace {

struct PollRow {
  const char *name;
  const char *method;
  QByteArray query;
  QByteArray body;
  int status;
  int code;  // of Engine.IO; -1 for a problem of ours
};

struct UpgradeRow {
  const char *name;
  QByteArray headers;
  int status;
  const char *code;  // "" for Engine.IO's own
};

// A sid that was never given out.
constexpr char kForeign[] = "EIO=4&transport=polling&sid=AAAAAAAAAAAAAAAAAAAAAA";

std::vector<PollRow> pollRows() {
  return {
      {"A53_Version3", "GET", "EIO=3&transport=polling", {}, 400, 5},
      {"A53_Version999", "GET", "EIO=999&transport=polling", {}, 400, 5},
      {"A53_NoVersion", "GET", "transport=polling", {}, 400, 5},
      {"A53_NoTransport", "GET", "EIO=4", {}, 400, 0},
      {"A53_UnknownTransport", "GET", "EIO=4&transport=carrier-pigeon", {}, 400, 0},
      {"A53_HandshakeByPost", "POST", "EIO=4&transport=polling", "2", 400, 2},
      {"A54_UnknownSession", "GET", kForeign, {}, 400, 1},
      {"A54_PostToAnUnknownSession", "POST", kForeign, "2", 400, 1},
      {"A54_EmptySession", "GET", "EIO=4&transport=polling&sid=", {}, 400, 1},
      {"A54_HostileSession", "GET", "EIO=4&transport=polling&sid=__proto__", {}, 400, 1},
      {"A56_AMillionAndOneBytes", "POST", kForeign, QByteArray(1'000'001, '4'), 413, -1},
  };
}

struct PostRow {
  const char *name;
  QByteArray body;
};

std::vector<PostRow> postRows() {
  return {
      {"A57_TenThousandPackets", QByteArray("4x\x1e").repeated(10'000).chopped(1)},
      {"A58_Type7", "7"},
      {"A58_EmptyPacket", "4x\x1e\x1e"},
      {"A58_OnlySeparators", QByteArray(20, '\x1e')},
      {"A58_BrokenBase64", "b!!!!"},
      {"A58_BrokenUtf8", "4\xff\xfe"},
      {"A62_PingOverPolling", "2"},
  };
}

std::vector<UpgradeRow> upgradeRows() {
  const QByteArray key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  const QByteArray version = "Sec-WebSocket-Version: 13\r\n";
  const QByteArray upgrade = "Upgrade: websocket\r\nConnection: Upgrade\r\n";
  return {
      {"A83_ExtensionsOf64Kilobytes",
       upgrade + key + version + "Sec-WebSocket-Extensions: " + QByteArray(64 * 1024, 'e') + "\r\n", 431,
       "header_too_large"},
      {"A84_NoKey", upgrade + version, 400, "bad_request"},
      {"A84_ShortKey", upgrade + version + "Sec-WebSocket-Key: c2hvcnQ=\r\n", 400, "bad_request"},
      {"A84_Version8", upgrade + key + "Sec-WebSocket-Version: 8\r\n", 426, "upgrade_required"},
      {"A84_NoVersion", upgrade + key, 426, "upgrade_required"},
      {"A84_Http2", "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABk\r\n", 400,
       "bad_request"},
      {"A85_OriginOfAWebPage", upgrade + key + version + "Origin: https://evil.example\r\n", 403, ""},
      {"A85_NullOrigin", upgrade + key + version + "Origin: null\r\n", 403, ""},
  };
}

class PollCases : public AbusedRelay, public ::testing::WithParamInterface<PollRow> {
 public:
  static void SetUpTestSuite() { start(); }
};
class PostCases : public AbusedRelay, public ::testing::WithParamInterface<PostRow> {
 public:
  static void SetUpTestSuite() { start(); }
};
class UpgradeCases : public AbusedRelay, public ::testing::WithParamInterface<UpgradeRow> {
 public:
  static void SetUpTestSuite() { start(); }
};

}  // namespace

TEST_P(PollCases, AreRefusedWithoutASession) {
  RawHttp http(port());
  const RawResponse response =
      http.send(GetParam().method, "/socket.io/?" + GetParam().query, GetParam().body, "text/plain;charset=UTF-8");

  EXPECT_EQ(response.status, GetParam().status);
  if (GetParam().code < 0) return expectProblem(response, GetParam().status, "too_large");
  EXPECT_EQ(response.json()[u"code"_s].toInt(-1), GetParam().code) << response.body.constData();
  EXPECT_FALSE(response.json()[u"message"_s].toString().isEmpty());
}

TEST_P(PostCases, CloseTheirSession) {
  RawHttp http(port());
  const QByteArray open = http.get("/socket.io/?EIO=4&transport=polling").body;
  const QByteArray sid = QJsonDocument::fromJson(open.sliced(1)).object()[u"sid"_s].toString().toLatin1();
  ASSERT_GE(sid.size(), 22);  // 128 bits
  const QByteArray path = "/socket.io/?EIO=4&transport=polling&sid=" + sid;

  const RawResponse answer = http.send("POST", path, GetParam().body, "text/plain;charset=UTF-8");

  // "ok" is the transport's word: that all of it was read.
  EXPECT_TRUE(answer.status == 400 || answer.body == "ok") << answer.body.constData();
  RawResponse after = RawHttp(port()).get(path);
  if (after.status == 200) {  // its last words, once
    EXPECT_TRUE(after.body.endsWith('1')) << after.body.constData();
    after = RawHttp(port()).get(path);
  }
  EXPECT_EQ(after.status, 400);
  EXPECT_EQ(after.json()[u"code"_s].toInt(-1), 1);
}

TEST_P(UpgradeCases, AreRefusedByStatus) {
  RawClient client(port());
  client.send("GET " + QByteArray(kSocketPath) + " HTTP/1.1\r\nHost: x\r\n" + GetParam().headers + "\r\n");
  ASSERT_TRUE(client.waitFor("\r\n\r\n"));
  client.endSending();
  ASSERT_TRUE(client.waitForEnd());

  const RawResponse response = responseOf(client.received());
  EXPECT_EQ(response.status, GetParam().status);
  if (GetParam().code[0] != '\0') expectProblem(response, GetParam().status, GetParam().code);
}

INSTANTIATE_TEST_SUITE_P(All, PollCases, ::testing::ValuesIn(pollRows()), RowName());
INSTANTIATE_TEST_SUITE_P(All, PostCases, ::testing::ValuesIn(postRows()), RowName());
INSTANTIATE_TEST_SUITE_P(All, UpgradeCases, ::testing::ValuesIn(upgradeRows()), RowName());

}  // namespace gx::test
