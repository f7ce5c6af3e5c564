// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/model/plaintext_codec.h"

#include <gtest/gtest.h>

#include <QJsonDocument>
#include <QJsonObject>

#include "core/base/bytes.h"
#include "core/model/content_codec.h"
#include "tests/core/model/sample_plaintext.h"

namespace gx::model {
namespace {

using namespace Qt::StringLiterals;
using namespace gx::test;

QJsonObject sampleJson() {
  return QJsonDocument::fromJson(*encodePlaintext(samplePlaintext(Text{u"hello"_s}))).object();
}
QByteArray compact(const QJsonObject &object) {
  return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

TEST(PlaintextCodec, WritesTheMembersOfTheProtocol) {
  const QJsonObject object = sampleJson();

  EXPECT_EQ(object.value("v"_L1).toInteger(), 1);
  EXPECT_EQ(object.value("from"_L1).toObject().value("device"_L1).toInteger(), 17);
  EXPECT_EQ(object.value("to"_L1).toObject().value("user"_L1).toString(), QString::fromLatin1(toText(kBobUser)));
  EXPECT_EQ(object.value("sent_at"_L1).toInteger(), 1'750'000'000'000);
  EXPECT_EQ(object.value("seq"_L1).toInteger(), 12);
  EXPECT_EQ(object.value("prev"_L1).toString().toLatin1(), QByteArray(32, 'p').toBase64());
  EXPECT_EQ(object.value("manifests"_L1).toObject().value("to"_L1).toObject().value("version"_L1).toInteger(), 2);
  EXPECT_EQ(object.size(), 10);
}

TEST(PlaintextCodec, SurvivesARoundTrip) {
  const Plaintext plaintext = samplePlaintext(Text{u"gr\u00fc\u00df dich \U0001f44b"_s});

  const auto again = decodePlaintext(*encodePlaintext(plaintext));

  ASSERT_TRUE(again);
  EXPECT_EQ(*again, plaintext);
}

TEST(PlaintextCodec, RefusesEachMissingMember) {
  for (const QString &name : sampleJson().keys()) {
    QJsonObject object = sampleJson();
    object.remove(name);

    EXPECT_EQ(decodePlaintext(compact(object)).error().kind, ErrorKind::Invalid) << name.toStdString();
  }
}

TEST(PlaintextCodec, RefusesEachMemberOfAnotherType) {
  for (const QString &name : sampleJson().keys()) {
    QJsonObject object = sampleJson();
    object.insert(name, QJsonValue::Null);

    EXPECT_FALSE(decodePlaintext(compact(object))) << name.toStdString();
  }
}

TEST(PlaintextCodec, RefusesDevicesAndSequencesOutOfRange) {
  QJsonObject object = sampleJson();
  object.insert("seq"_L1, 0);
  EXPECT_FALSE(decodePlaintext(compact(object)));
  object = sampleJson();
  object.insert("to"_L1, QJsonObject{{"user"_L1, QString::fromLatin1(toText(kBobUser))}, {"device"_L1, 0}});
  EXPECT_FALSE(decodePlaintext(compact(object)));
  object.insert("to"_L1, QJsonObject{{"user"_L1, QString::fromLatin1(toText(kBobUser))}, {"device"_L1, 2147483648.0}});
  EXPECT_FALSE(decodePlaintext(compact(object)));
}

TEST(PlaintextCodec, RefusesAHashOfAnotherLength) {
  QJsonObject object = sampleJson();
  object.insert("prev"_L1, QString::fromLatin1(QByteArray(31, 'p').toBase64()));

  EXPECT_FALSE(decodePlaintext(compact(object)));
}

TEST(PlaintextCodec, TellsANewerVersionFromNonsense) {
  QJsonObject object = sampleJson();
  object.insert("v"_L1, 2);
  EXPECT_EQ(decodePlaintext(compact(object)).error().kind, ErrorKind::Unsupported);
  object.insert("v"_L1, u"1"_s);
  EXPECT_EQ(decodePlaintext(compact(object)).error().kind, ErrorKind::Invalid);
}

TEST(PlaintextCodec, KeepsAnUnknownKind) {
  QJsonObject object = sampleJson();
  object.insert("content"_L1, QJsonObject{{"kind"_L1, u"poll"_s}});

  const auto plaintext = decodePlaintext(compact(object));

  ASSERT_TRUE(plaintext);
  EXPECT_TRUE(std::holds_alternative<Unsupported>(plaintext->content));
  EXPECT_EQ(encodePlaintext(*plaintext).error().kind, ErrorKind::Invalid);
}

TEST(PlaintextCodec, RefusesToEncodeAnIncompleteHeader) {
  Plaintext plaintext = samplePlaintext(Text{u"a"_s});
  plaintext.header.chainSequence = 0;
  EXPECT_FALSE(encodePlaintext(plaintext));
  plaintext = samplePlaintext(Text{u"a"_s});
  plaintext.header.recipient.device = {};
  EXPECT_FALSE(encodePlaintext(plaintext));
  plaintext = samplePlaintext(Text{u"a"_s});
  plaintext.header.senderManifest.hash.clear();
  EXPECT_FALSE(encodePlaintext(plaintext));
}

TEST(PlaintextCodec, HoldsTheLargestTextAndNoMore) {
  EXPECT_TRUE(encodePlaintext(samplePlaintext(Text{QString(kMaxTextBytes, u'x')})));
  EXPECT_EQ(encodePlaintext(samplePlaintext(Text{QString(kMaxTextBytes, u'\n')})).error().kind, ErrorKind::TooLarge);
  EXPECT_EQ(decodePlaintext(QByteArray(kMaxPlaintextBytes + 1, ' ')).error().kind, ErrorKind::TooLarge);
}

TEST(HeaderHash, IsTheOneOfTheProtocol) {
  QByteArray text;
  text += QByteArray::fromHex("0000000b") + "gx-header-1";
  text += QByteArray::fromHex("00000024") + toText(kAliceUser) + QByteArray::fromHex("0000000000000011");
  text += QByteArray::fromHex("00000024") + toText(kTheirTalk);
  text += QByteArray::fromHex("00000024") + toText(kFirstMessage);
  text += QByteArray::fromHex("000001977420dc00") + QByteArray::fromHex("000000000000000c");
  text += QByteArray::fromHex("00000020") + QByteArray(32, 'p');

  EXPECT_EQ(headerHash(sampleHeader()).toHex(), sha256(text).toHex());
}

TEST(HeaderHash, IsTheSameForAllRecipients) {
  ContentHeader header = sampleHeader();
  header.recipient.device = DeviceId{24};
  header.recipientManifest.version = 3;
  EXPECT_EQ(headerHash(header), headerHash(sampleHeader()));

  header.chainSequence = 13;
  EXPECT_NE(headerHash(header), headerHash(sampleHeader()));
}

}  // namespace
}  // namespace gx::model
