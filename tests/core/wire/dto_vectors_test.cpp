// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include <gtest/gtest.h>

#include <QRegularExpression>

#include "tests/core/wire/dto_codecs.h"
#include "tests/core/wire/vectors.h"
#include "tests/support/json_path.h"

// Every body of the protocol against tests/vectors/dto, and against bad input that is made from the valid ones.
namespace gx::wire {
namespace {

class DtoVectors : public ::testing::TestWithParam<test::DtoCodec> {
 protected:
  void SetUp() override {
    m_vectors = test::vectors(QStringLiteral("dto/%1.json").arg(GetParam().file))[GetParam().name].toObject();
    ASSERT_FALSE(valid().isEmpty());
    m_full = valid().last();
  }

  [[nodiscard]] QJsonArray valid() const { return m_vectors[QStringLiteral("valid")].toArray(); }
  [[nodiscard]] static Result<QByteArray> roundTrip(const QByteArray &json) { return GetParam().roundTrip(json); }
  [[nodiscard]] static Result<QByteArray> roundTrip(const QJsonValue &json) { return roundTrip(test::compact(json)); }
  // The last valid body, changed at one place.
  [[nodiscard]] QByteArray changed(const QString &path, const QJsonValue &value) const {
    return test::compact(test::JsonPath(path).put(m_full, value));
  }
  [[nodiscard]] bool isOptional(QString path) const {
    static const QRegularExpression kIndex(QStringLiteral("\\[\\d+\\]"));
    return m_vectors[QStringLiteral("optional")].toArray().contains(path.replace(kIndex, QStringLiteral("[]")));
  }
  // What stands for a large value in the vectors.
  [[nodiscard]] QJsonValue expanded(const QString &path, const QJsonValue &value) const {
    if (const auto text = value[QStringLiteral("repeatText")]; text.isString())
      return text.toString().repeated(value[QStringLiteral("times")].toInt());
    if (const auto count = value[QStringLiteral("zeroBytes")]; count.isDouble())
      return QString::fromLatin1(QByteArray(count.toInt(), '\0').toBase64());
    if (const auto count = value[QStringLiteral("repeatFirst")]; count.isDouble()) {
      QJsonArray array;
      const auto first = test::JsonPath(path).valueIn(m_full).toArray().at(0);
      while (array.size() < count.toInt()) array.append(first);
      return array;
    }
    return value;
  }
  void expectRefused(const QByteArray &json, const QByteArray &start) const {
    const auto result = roundTrip(json);
    ASSERT_FALSE(result) << start.constData() << " was taken";
    EXPECT_TRUE(result.error().detail.startsWith(start))
        << describe(result.error()).constData() << " for " << start.constData();
  }

  QJsonObject m_vectors;
  QJsonValue m_full;  // names every member
};

TEST_P(DtoVectors, ValidOnesAreReadAndWrittenBack) {
  for (const auto &json : valid()) {
    const auto written = roundTrip(json);
    ASSERT_TRUE(written) << describe(written.error()).constData() << ' ' << test::compact(json).constData();
    EXPECT_EQ(QJsonDocument::fromJson(*written).object(), json.toObject());
  }
}

TEST_P(DtoVectors, ListedBadValuesAreRefusedWithTheirPlace) {
  for (const auto &vector : m_vectors[QStringLiteral("invalid")].toArray()) {
    const QString path = vector[QStringLiteral("at")].toString();

    const auto result = roundTrip(changed(path, expanded(path, vector[QStringLiteral("value")])));

    ASSERT_FALSE(result) << path.toStdString();
    EXPECT_EQ(result.error().detail, test::utf8(vector[QStringLiteral("error")]));
    const bool isTooLarge = test::utf8(vector[QStringLiteral("kind")]) == "too_large";
    if (isTooLarge) EXPECT_EQ(result.error().kind, ErrorKind::TooLarge);
  }
}

TEST_P(DtoVectors, MissingAndNullMembersAreRefusedUnlessOptional) {
  for (const QString &path : test::jsonPaths(m_full)) {
    if (path.endsWith(u']')) continue;
    for (const QJsonValue &nothing : {QJsonValue(QJsonValue::Undefined), QJsonValue(QJsonValue::Null)}) {
      const QByteArray json = changed(path, nothing);
      if (isOptional(path))
        EXPECT_TRUE(roundTrip(json)) << path.toStdString();
      else
        expectRefused(json, path.toUtf8() + ": missing");
    }
  }
}

TEST_P(DtoVectors, WrongTypesAreRefused) {
  const QJsonValue wrong[] = {true, -1, 1.5, QStringLiteral("\x01 no"), QJsonArray{}, QJsonObject{}};
  for (const QString &path : test::jsonPaths(m_full)) {
    const auto right = test::JsonPath(path).valueIn(m_full);
    for (const QJsonValue &value : wrong)
      if (value.type() != right.type() || right.isDouble()) expectRefused(changed(path, value), path.toUtf8() + ": ");
  }
}

TEST_P(DtoVectors, UnknownMembersAreIgnored) {
  QJsonObject json = m_full.toObject();
  json[QStringLiteral("__proto__")] = QJsonObject{{QStringLiteral("is_admin"), true}};

  const auto written = roundTrip(QJsonValue(json));

  ASSERT_TRUE(written);
  EXPECT_EQ(QJsonDocument::fromJson(*written).object(), m_full.toObject());
}

TEST_P(DtoVectors, HostileTextsAreRefused) {
  const QByteArray full = test::compact(m_full);
  const auto with = [&full](const QByteArray &member) { return QByteArray(full).insert(1, member + ','); };

  EXPECT_TRUE(roundTrip(with("\"x\":1")));
  EXPECT_FALSE(roundTrip(with("\"x\":1,\"x\":2"))) << "duplicate key";
  EXPECT_FALSE(roundTrip(with("\"x\":" + QByteArray(40, '[') + QByteArray(40, ']')))) << "too deep";
  EXPECT_FALSE(roundTrip(with("\"x\":1e400")));
  EXPECT_FALSE(roundTrip(with("\"x\":\"\\u0000\"")));
  EXPECT_FALSE(roundTrip(with("\"x\":\"\\ud800\"")));
  EXPECT_FALSE(roundTrip(full + '}'));
  for (qsizetype size = 0; size < full.size(); ++size) EXPECT_FALSE(roundTrip(full.first(size))) << size;
}

INSTANTIATE_TEST_SUITE_P(All, DtoVectors, ::testing::ValuesIn(test::dtoCodecs()),
                         [](const auto &codec) { return codec.param.name.toStdString(); });

TEST(DtoCodecs, HaveAVectorEach) {
  for (const test::DtoCodec &codec : test::dtoCodecs())
    EXPECT_TRUE(test::vectors(QStringLiteral("dto/%1.json").arg(codec.file)).contains(codec.name))
        << codec.name.toStdString();
}

}  // namespace
}  // namespace gx::wire
