// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/wire/message_dto.h"

#include <gtest/gtest.h>

#include "core/wire/limits.h"

namespace gx::wire {
namespace {

const auto kMessageConversation = parseId<ConversationId>("0190a1b2-c3d4-7000-8000-000000000001").value();
const auto kMessageId = parseId<MessageId>("0190a1b2-c3d4-7000-8000-000000000002").value();
const auto kClientMsgId = parseId<ClientMessageId>("0190a1b2-c3d4-7000-8000-000000000003").value();

SendRequest someRequest() {
  return {kMessageConversation,
          kClientMsgId,
          {{DeviceId{23}, 99, EnvelopeKind::Message, "one"}, {DeviceId{24}, 98, EnvelopeKind::PreKey, "two"}}};
}

SendRequest requestOf(int devices, qsizetype bytesEach) {
  SendRequest request{kMessageConversation, kClientMsgId, {}};
  for (quint32 i = 1; i <= static_cast<quint32>(devices); ++i)
    request.envelopes.append({DeviceId{i}, 1, EnvelopeKind::Message, QByteArray(bytesEach, 'c')});
  return request;
}

MailItem someItem() {
  return {.seq = 12,
          .messageId = kMessageId,
          .conversationId = kMessageConversation,
          .senderId = parseId<UserId>("0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b").value(),
          .senderDeviceId = {17},
          .kind = EnvelopeKind::PreKey,
          .ciphertext = QByteArray::fromHex("00fffe"),
          .serverTime = 1'750'000'000'000};
}

TEST(MessageDto, SendRequestKeepsEveryMember) {
  const auto read = SendRequest::parse(someRequest().toJson()).value();

  EXPECT_EQ(read.conversationId, kMessageConversation);
  EXPECT_EQ(read.clientMsgId, kClientMsgId);
  EXPECT_EQ(read.envelopes, someRequest().envelopes);
}

TEST(MessageDto, SendRequestLimitsDevicesAndBytes) {
  EXPECT_TRUE(SendRequest::parse(requestOf(60, 1).toJson()));
  const auto tooMany = SendRequest::parse(requestOf(61, 1).toJson());
  EXPECT_TRUE(SendRequest::parse(requestOf(1, limits::kEnvelopeBytes).toJson()));
  const auto tooLarge = SendRequest::parse(requestOf(1, limits::kEnvelopeBytes + 1).toJson());
  EXPECT_TRUE(SendRequest::parse(requestOf(16, 64 * limits::kKiB).toJson()));
  const auto tooLargeTogether = SendRequest::parse(requestOf(17, 64 * limits::kKiB).toJson());

  EXPECT_EQ(tooMany.error().kind, ErrorKind::Invalid);
  EXPECT_EQ(tooLarge.error().kind, ErrorKind::TooLarge);
  EXPECT_EQ(tooLargeTogether.error(), (Error{ErrorKind::TooLarge, "envelopes[16]: envelopes too large together"}));
}

TEST(MessageDto, BodyHashCoversEveryField) {
  const QByteArray hash = someRequest().bodyHash();
  EXPECT_EQ(hash.toHex(), "406eee05ab6051ce4cb15211b604b8c27b8293b841df91450fa513353f80d908");

  const auto hashWith = [](auto change) {
    SendRequest request = someRequest();
    change(request);
    return request.bodyHash();
  };
  EXPECT_NE(hash, hashWith([](SendRequest &r) { r.conversationId = {}; }));
  EXPECT_NE(hash, hashWith([](SendRequest &r) { r.clientMsgId = {}; }));
  EXPECT_NE(hash, hashWith([](SendRequest &r) { r.envelopes.removeLast(); }));
  EXPECT_NE(hash, hashWith([](SendRequest &r) { r.envelopes.swapItemsAt(0, 1); }));
  EXPECT_NE(hash, hashWith([](SendRequest &r) { r.envelopes[0].deviceId = {1}; }));
  EXPECT_NE(hash, hashWith([](SendRequest &r) { r.envelopes[0].registrationId = 1; }));
  EXPECT_NE(hash, hashWith([](SendRequest &r) { r.envelopes[0].kind = EnvelopeKind::PreKey; }));
  EXPECT_NE(hash, hashWith([](SendRequest &r) { r.envelopes[0].ciphertext = "onf"; }));
}

TEST(MessageDto, MailItemIsWrittenWithTheNamesOfTheProtocol) {
  EXPECT_EQ(someItem().toJson(),
            R"({"seq":12,"message_id":"0190a1b2-c3d4-7000-8000-000000000002",)"
            R"("conversation_id":"0190a1b2-c3d4-7000-8000-000000000001",)"
            R"("sender_id":"0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b","sender_device_id":17,"kind":"prekey",)"
            R"("ciphertext":"AP/+","server_time":1750000000000})");
}

TEST(MessageDto, PagesAndEventsKeepTheirItems) {
  const MailPage page{{someItem()}, 12, true, 3};

  const auto read = MailPage::parse(page.toJson()).value();

  EXPECT_EQ(read.messages, page.messages);
  EXPECT_EQ(read.head, 12);
  EXPECT_TRUE(read.more);
  EXPECT_EQ(read.expired, 3);
  EXPECT_EQ(MailEvent::parse(MailEvent{{someItem()}}.toJson())->messages, page.messages);
}

TEST(MessageDto, AFullPageStaysUnderTheLimitOfKeys) {
  EXPECT_TRUE(MailPage::parse(MailPage{QList<MailItem>(limits::kMailPage, someItem()), 1, false, 0}.toJson()));
}

TEST(MessageDto, AnswersHaveTheirMembers) {
  const SendAccepted accepted{kMessageId, kClientMsgId, 7};

  EXPECT_EQ(SendAccepted::parse(accepted.toJson()).value(), accepted);
  EXPECT_EQ(MailAck::parse(R"({"seq":9})")->seq, 9);
  EXPECT_FALSE(MailAck::parse(R"({"seq":9})")->messageId);
  const QByteArray named = R"({"seq":9,"message_id":"0198c6f2-0000-7000-8000-00000000000c"})";
  EXPECT_EQ(MailAck::parse(named)->toJson(), named);
}

TEST(MessageDto, KindsHaveNames) {
  EXPECT_STREQ(toText(EnvelopeKind::PreKey), "prekey");
  EXPECT_STREQ(toText(EnvelopeKind::Message), "message");
  EXPECT_EQ(parseEnvelopeKind("prekey"), EnvelopeKind::PreKey);
  EXPECT_EQ(parseEnvelopeKind("Message"), std::nullopt);
}

}  // namespace
}  // namespace gx::wire
