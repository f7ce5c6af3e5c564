// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
// RELIABILITY 5.A, cases 27 to 31: bodies that are no proper JSON. A refusal by its content leaves the connection open.
#include "tests/abuse/abused_relay.h"
#include "tests/abuse/case_row.h"
#include "tests/support/relay_user.h"

namespace gx::test {

using namespace Qt::StringLiterals;

namespace {

struct JsonRow {
  const char *name;
  const char *path;
  QByteArray body;
  int status;
  const char *code;
  const char *contentType = "application/json";
};

constexpr char kSignIn[] = "/api/v1/auth/login";
constexpr char kAck[] = "/api/v1/messages/ack";
constexpr char kLoginStart[] = R"({"account":"alice@gxcoin.test","password":"TestPass123","device_name":)";

QByteArray loginNamed(const QByteArray &deviceName) {
  return kLoginStart + deviceName + "}";
}
QByteArray deep(int levels) {
  return loginNamed(QByteArray(levels, '[') + QByteArray(levels, ']'));
}
QByteArray utf16(const char *text) {
  const QString wide = QString::fromLatin1(text);
  return QByteArray(reinterpret_cast<const char *>(wide.utf16()), wide.size() * 2);
}

std::vector<JsonRow> jsonRows() {
  const QByteArray good = loginNamed("\"desk\"");
  return {
      {"A27_AHundredThousandLevels", kSignIn, deep(100'000), 400, "bad_request"},
      {"A27_FourHundredThousandLevelsInAMessage", "/api/v1/messages", QByteArray(400'000, '['), 400, "bad_request"},
      {"A27_ObjectsInObjects", kSignIn, QByteArray(R"({"a":)").repeated(40'000), 400, "bad_request"},
      {"A27_LogoutToo", "/api/v1/auth/logout", QByteArray(100'000, '['), 400, "bad_request"},
      {"A28_DuplicateKeys", kSignIn, R"({"role":"user","role":"admin",)" + good.sliced(1), 400, "bad_request"},
      {"A28_DuplicateKeysWithEscapes", kSignIn, R"({"r\u006fle":1,"role":2,)" + good.sliced(1), 400, "bad_request"},
      {"A28_DuplicateKeysInside", kSignIn, loginNamed(R"({"a":1,"a":1})"), 400, "bad_request"},
      {"A29_NumberBeyondDouble", kAck, R"({"seq":1e400})", 400, "bad_request"},
      {"A29_MinusZero", kAck, R"({"seq":-0})", 400, "bad_request"},
      {"A29_BeyondWhatJavaScriptHolds", kAck, R"({"seq":9007199254740993})", 400, "bad_request"},
      {"A29_NotANumber", kAck, R"({"seq":NaN})", 400, "bad_request"},
      {"A29_Fraction", kAck, R"({"seq":1.5})", 400, "bad_request"},
      {"A29_LoneSurrogate", kSignIn, loginNamed(R"("\ud800")"), 400, "bad_request"},
      {"A29_Nul", kSignIn, loginNamed(R"("a\u0000b")"), 400, "bad_request"},
      {"A29_RawNul", kSignIn, loginNamed(QByteArray("\"a\0b\"", 5)), 400, "bad_request"},
      {"A29_BrokenUtf8", kSignIn, loginNamed("\"\xc3\x28\""), 400, "bad_request"},
      {"A31_PlainText", kSignIn, good, 415, "unsupported_media_type", "text/plain"},
      {"A31_Form", kSignIn, good, 415, "unsupported_media_type", "application/x-www-form-urlencoded"},
      {"A31_NoContentType", kSignIn, good, 415, "unsupported_media_type", ""},
      {"A31_CharsetUtf16", kSignIn, utf16("{}"), 415, "unsupported_media_type", "application/json; charset=utf-16"},
      {"A31_Utf16Unsaid", kSignIn, utf16("{}"), 400, "bad_request"},
      {"A31_ByteOrderMark", kSignIn, "\xef\xbb\xbf" + good, 400, "bad_request"},
  };
}

class JsonCases : public AbusedRelay, public ::testing::WithParamInterface<JsonRow> {
 public:
  static void SetUpTestSuite() { start(); }
};

class JsonUnknowns : public AbusedRelay {
 public:
  static void SetUpTestSuite() { start(); }
};

}  // namespace

TEST_P(JsonCases, AreRefusedByNameAndTheConnectionStays) {
  RelayUser alice(port(), "alice@gxcoin.test");
  ASSERT_TRUE(alice.becomesActive());

  const RawResponse response = alice.http().send("POST", GetParam().path, GetParam().body, GetParam().contentType);

  expectProblem(response, GetParam().status, GetParam().code);
  EXPECT_TRUE(alice.http().isOpen());
  EXPECT_EQ(alice.http().get("/api/v1/keys/count").status, 200);  // nor did it sign the device out
}

INSTANTIATE_TEST_SUITE_P(Bodies, JsonCases, ::testing::ValuesIn(jsonRows()), RowName());

TEST_F(JsonUnknowns, A30_UnknownMembersAreIgnoredAndNotReflected) {
  RawHttp http(port());
  const QByteArray unknown = R"({"__proto__":{"is_admin":true},"constructor":")" + QByteArray(kMarker) +
                             R"(","prototype":[],"device_state":"ACTIVE",)";

  const RawResponse response = http.post(kSignIn, unknown + loginNamed("\"desk\"").sliced(1));

  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.json()[u"device_state"_s], u"PENDING"_s);
  for (const char *never : {kMarker, "__proto__", "constructor", "is_admin"})
    EXPECT_FALSE(response.body.contains(never)) << never;
}

}  // namespace gx::test
