// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/model/content_codec.h"

#include <gtest/gtest.h>

#include "tests/core/model/sample_plaintext.h"

namespace gx::model {
namespace {

using namespace Qt::StringLiterals;
using namespace gx::test;

struct ContentCase {
  const char *name;
  Content content;
  const char *json;
};

const ContentCase kContentCases[] = {
    {"text", Text{u"hello"_s}, R"({"kind":"text","text":"hello"})"},
    {"reply", Reply{u"yes"_s, kFirstMessage, kBobUser, u"well?"_s},
     R"({"kind":"reply","text":"yes","target":"01890a5d-ac96-774b-bcce-b302099a8060",)"
     R"("target_user":"01890a5d-ac96-774b-bcce-b302099a8058","excerpt":"well?"})"},
    {"edit", Edit{kFirstMessage, u"hullo"_s},
     R"({"kind":"edit","target":"01890a5d-ac96-774b-bcce-b302099a8060","text":"hullo"})"},
    {"deletion", Deletion{kFirstMessage}, R"({"kind":"deletion","target":"01890a5d-ac96-774b-bcce-b302099a8060"})"},
    {"reaction", Reaction{kFirstMessage, kBobUser, u"\U0001f44d"_s, true},
     R"({"kind":"reaction","target":"01890a5d-ac96-774b-bcce-b302099a8060",)"
     R"("target_user":"01890a5d-ac96-774b-bcce-b302099a8058","emoji":"\ud83d\udc4d","removed":true})"},
    {"receipt", Receipt{ReceiptState::Read, {kFirstMessage, kSecondMessage}},
     R"({"kind":"receipt","state":"read","ids":["01890a5d-ac96-774b-bcce-b302099a8060",)"
     R"("01890a5d-ac96-774b-bcce-b302099a8061"]})"},
    {"retry", RetryRequest{kEnvelope, kFirstMessage},
     R"({"kind":"retry","envelope":"01890a5d-ac96-774b-bcce-b302099a8062","id":"01890a5d-ac96-774b-bcce-b302099a8060"})"},
    {"blindRetry", RetryRequest{kEnvelope, std::nullopt},
     R"({"kind":"retry","envelope":"01890a5d-ac96-774b-bcce-b302099a8062"})"},
    {"session", SessionReset{}, R"({"kind":"session"})"},
};

class ContentKind : public testing::TestWithParam<ContentCase> {};

TEST_P(ContentKind, IsReadFromTheJsonOfTheProtocol) {
  const auto content = decodeContent(GetParam().json);

  ASSERT_TRUE(content);
  EXPECT_EQ(*content, GetParam().content);
}

TEST_P(ContentKind, SurvivesARoundTrip) {
  const auto json = encodeContent(GetParam().content);

  ASSERT_TRUE(json);
  const auto content = decodeContent(*json);
  ASSERT_TRUE(content);
  EXPECT_EQ(*content, GetParam().content);
}

INSTANTIATE_TEST_SUITE_P(ContentCodec, ContentKind, testing::ValuesIn(kContentCases),
                         [](const auto &info) { return std::string(info.param.name); });

class WrongContent : public testing::TestWithParam<const char *> {};

TEST_P(WrongContent, IsRefused) {
  const auto content = decodeContent(GetParam());

  ASSERT_FALSE(content);
  EXPECT_EQ(content.error().kind, ErrorKind::Invalid);
}

INSTANTIATE_TEST_SUITE_P(
    ContentCodec, WrongContent,
    testing::Values(R"({})", R"({"kind":7})", R"({"kind":""})", R"({"kind":"text"})", R"({"kind":"text","text":""})",
                    R"({"kind":"text","text":5})", R"({"kind":"text","text":"\ud800"})",
                    R"({"kind":"text","text":"a","text":"b"})", R"({"kind":"edit","text":"a","target":"x"})",
                    R"({"kind":"deletion"})", R"({"kind":"receipt","state":"seen","ids":[]})",
                    R"({"kind":"receipt","state":"read","ids":[]})", R"({"kind":"receipt","state":"read","ids":[1]})",
                    R"({"kind":"receipt","state":"read","ids":"01890a5d-ac96-774b-bcce-b302099a8060"})",
                    R"({"kind":"retry","envelope":"01890a5d-ac96-774b-bcce-b302099a8062","id":null})",
                    R"({"kind":"reaction","target":"01890a5d-ac96-774b-bcce-b302099a8060",)"
                    R"("target_user":"01890a5d-ac96-774b-bcce-b302099a8058","emoji":"","removed":false})",
                    R"({"kind":"reaction","target":"01890a5d-ac96-774b-bcce-b302099a8060",)"
                    R"("target_user":"01890a5d-ac96-774b-bcce-b302099a8058","emoji":"x","removed":0})"));

TEST(ContentCodec, IgnoresUnknownMembers) {
  EXPECT_EQ(*decodeContent(R"({"kind":"text","text":"a","colour":"red"})"), Content(Text{u"a"_s}));
}

TEST(ContentCodec, KeepsAnUnknownKindAsItCame) {
  const auto content = decodeContent(R"({"kind":"poll","options":[1,2]})");

  ASSERT_TRUE(content);
  const auto *unsupported = std::get_if<Unsupported>(&*content);
  ASSERT_TRUE(unsupported);
  EXPECT_EQ(unsupported->kind, u"poll"_s);
  EXPECT_EQ(*decodeContent(*encodeContent(*content)), *content);
}

TEST(ContentCodec, RefusesToEncodeOverTheLimits) {
  const QString longText(kMaxTextBytes, u'x');

  EXPECT_TRUE(encodeContent(Text{longText}));
  EXPECT_EQ(encodeContent(Text{longText + u'x'}).error().kind, ErrorKind::TooLarge);
  EXPECT_EQ(encodeContent(Reply{u"a"_s, kFirstMessage, kBobUser, QString(513, u'x')}).error().kind,
            ErrorKind::TooLarge);
  EXPECT_EQ(encodeContent(Reaction{kFirstMessage, kBobUser, QString(65, u'x')}).error().kind, ErrorKind::TooLarge);
  EXPECT_EQ(encodeContent(Receipt{ReceiptState::Read, std::vector(201, kFirstMessage)}).error().kind,
            ErrorKind::TooLarge);
}

TEST(ContentCodec, RefusesToDecodeOverTheLimits) {
  const QByteArray over = R"({"kind":"text","text":")" + QByteArray(kMaxTextBytes + 1, 'x') + "\"}";

  EXPECT_FALSE(decodeContent(over));
}

TEST(ContentCodec, RefusesToEncodeWhatNoReaderTakes) {
  EXPECT_EQ(encodeContent(Text{}).error().kind, ErrorKind::Invalid);
  EXPECT_EQ(encodeContent(Text{QString(QChar(0xd800))}).error().kind, ErrorKind::Invalid);
  EXPECT_EQ(encodeContent(Receipt{}).error().kind, ErrorKind::Invalid);
  EXPECT_EQ(encodeContent(Reaction{kFirstMessage, kBobUser, QString()}).error().kind, ErrorKind::Invalid);
}

}  // namespace
}  // namespace gx::model
