// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
// RELIABILITY 5.C over a real relay: what a signed-in device may say, and how its connection ends for it.
#include "tests/abuse/abused_relay.h"
#include "tests/abuse/case_row.h"
#include "tests/abuse/raw_gateway.h"
#include "tests/support/relay_user.h"

namespace gx::test {

namespace {

struct FrameRow {
  const char *name;
  QByteArray bytes;  // of one or several frames
  int closeCode;
};

constexpr int kProtocolError = 1002;
constexpr int kBadData = 1007;
constexpr int kPolicy = 1008;
constexpr int kTooBig = 1009;

QByteArray event(const QByteArray &rest) {
  return textFrame("42" + rest);
}
QByteArray binaryEvent(const QByteArray &header, const QByteArray &attachment = {}) {
  return textFrame("45" + header) + (attachment.isNull() ? QByteArray() : binaryFrame(attachment));
}
QByteArray placeholder(const QByteArray &number) {
  return binaryEvent(R"(1-["typing",{"_placeholder":true,"num":)" + number + "}]", "x");
}

std::vector<FrameRow> packetRows() {
  const QByteArray promise = R"(2-["typing",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}])";
  return {
      {"A62_PingFromTheClient", textFrame("2"), kProtocolError},
      {"A62_PongNobodyAskedFor", textFrame("3"), kProtocolError},
      {"A62_OpenFromTheClient", textFrame("0{}"), kProtocolError},
      {"A63_ConnectingTwice", textFrame("40"), kPolicy},
      {"A64_NamespaceOfNearlyAMegabyte", textFrame("40/" + QByteArray(900'000, 'n') + ","), kPolicy},
      {"A66_NumberForAName", event("[1]"), kPolicy},
      {"A66_NullForAName", event("[null,1]"), kPolicy},
      {"A66_Connect", event("[\"connect\"]"), kPolicy},
      {"A66_Disconnect", event("[\"disconnect\"]"), kPolicy},
      {"A66_ConnectError", event("[\"connect_error\"]"), kPolicy},
      {"A66_NewListener", event("[\"newListener\"]"), kPolicy},
      {"A66_NameOfNearlyAMegabyte", event("[\"" + QByteArray(900'000, 'n') + "\"]"), kPolicy},
      {"A67_ObjectForAnArray", event(R"({"typing":1})"), kPolicy},
      {"A67_EmptyArray", event("[]"), kPolicy},
      {"A67_TooManyArguments", event("[\"typing\",1,2,3,4,5,6,7,8,9]"), kPolicy},
      {"A68_CountWithoutPayload", binaryEvent("1-"), kPolicy},
      {"A68_TwoCounts", binaryEvent("-1-[\"x\"]"), kPolicy},
      {"A68_Fraction", binaryEvent("1.5-[\"x\"]"), kPolicy},
      {"A68_TenDigits", binaryEvent("9999999999-[\"x\"]"), kPolicy},
      {"A68_Eleven", binaryEvent("11-[\"x\"]"), kPolicy},
      {"A69_TextBetween", binaryEvent(promise) + event("[\"typing\",{}]"), kPolicy},
      {"A69_BinaryNobodyPromised", binaryFrame("x"), kPolicy},
      {"A70_NumberBeyond", placeholder("5"), kPolicy},
      {"A70_NegativeNumber", placeholder("-1"), kPolicy},
      {"A70_Fraction", placeholder("1.5"), kPolicy},
      {"A70_Text", placeholder("\"0\""), kPolicy},
      {"A70_NoNumber", binaryEvent(R"(1-["typing",{"_placeholder":true}])", "x"), kPolicy},
      {"A71_AttachmentOverTheLimit",
       binaryEvent(R"(1-["typing",{"_placeholder":true,"num":0}])", QByteArray(1'000'001, 'x')), kTooBig},
      {"A72_AckOfTwoToThe63", textFrame("439223372036854775808[]"), kPolicy},
      {"A72_NegativeAck", textFrame("43-1[]"), kPolicy},
      {"A72_AckWithoutNumber", textFrame("43[]"), kPolicy},
      {"A87_TenThousandLevels", event("[\"typing\"," + QByteArray(10'000, '[') + QByteArray(10'000, ']') + "]"),
       kPolicy},
  };
}

std::vector<FrameRow> frameRows() {
  const QByteArray bad = "42[\"\xff\xfe\"]";
  std::vector<FrameRow> rows{
      {"A78_TwoToThe63Bytes", ClientFrame{.lengthBytes = 8, .declared = (1ULL << 63) - 1}.bytes(), kTooBig},
      {"A78_OneByteTooMany", ClientFrame{.lengthBytes = 8, .declared = 1'000'001}.bytes(), kTooBig},
      {"A79_EndlessFragments",
       ClientFrame{.payload = "4", .isFinal = false}.bytes() +
           ClientFrame{.opcode = 0, .payload = "2", .isFinal = false}.bytes().repeated(2000),
       kPolicy},
      {"A80_PingFlood", ClientFrame{.opcode = 9, .payload = "?"}.bytes().repeated(200), kPolicy},
      {"A81_Unmasked", ClientFrame{.payload = "42[\"typing\",{}]", .isMasked = false}.bytes(), kProtocolError},
      {"A82_LongControlFrame", ClientFrame{.opcode = 9, .payload = QByteArray(126, 'p')}.bytes(), kProtocolError},
      {"A82_FragmentedControlFrame", ClientFrame{.opcode = 9, .payload = "p", .isFinal = false}.bytes(),
       kProtocolError},
      {"A82_ReservedBit", ClientFrame{.payload = "42[]", .reserved = 4}.bytes(), kProtocolError},
      {"A82_ContinuationFirst", ClientFrame{.opcode = 0, .payload = "42[]"}.bytes(), kProtocolError},
      {"A82_Opcode3", ClientFrame{.opcode = 3, .payload = "42[]"}.bytes(), kProtocolError},
      {"A82_CloseWith1005", closeFrame(1005), kProtocolError},
      {"A82_CloseWith999", closeFrame(999), kProtocolError},
      {"A82_BrokenUtf8", textFrame(bad), kBadData},
  };
  return rows;
}

class SocketCases : public AbusedRelay, public ::testing::WithParamInterface<FrameRow> {
 public:
  static void SetUpTestSuite() { start(); }
};

}  // namespace

TEST_P(SocketCases, EndWithTheirCloseCodeAndHarmNobodyElse) {
  RelayUser alice(port(), "alice@gxcoin.test");
  RelayUser bob(port(), "bob@gxcoin.test");
  ASSERT_TRUE(alice.becomesActive());
  ASSERT_TRUE(bob.becomesActive());
  const auto canary = bob.goesOnline();
  canary->waitFor("ready");
  const auto socket = signedInSocket(port(), alice.token());

  socket->send(GetParam().bytes);

  EXPECT_EQ(socket->closeCode(), GetParam().closeCode);
  EXPECT_TRUE(
      canary->ask("presence.set", {{QStringLiteral("state"), QStringLiteral("away")}}).contains(QStringLiteral("ok")));
  EXPECT_TRUE(alice.goesOnline()->isOpen());  // the device itself may come again
}

INSTANTIATE_TEST_SUITE_P(Packets, SocketCases, ::testing::ValuesIn(packetRows()), RowName());
INSTANTIATE_TEST_SUITE_P(Frames, SocketCases, ::testing::ValuesIn(frameRows()), RowName());

}  // namespace gx::test
