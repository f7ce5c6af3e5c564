// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
// RELIABILITY 5.E over a real relay: keys that are none, and lists that do not follow. What has the wrong shape is 400,
// what has the wrong mathematics 422 (PROTOCOL.md section 1).
#include <QJsonDocument>
#include <memory>

#include "tests/abuse/abused_relay.h"
#include "tests/abuse/case_row.h"
#include "tests/support/relay_user.h"

namespace gx::test {

using namespace Qt::StringLiterals;

namespace {

struct UploadRow {
  const char *name;
  void (*spoil)(QJsonObject &upload);
  int status;
  const char *code;
};

QString base64(const QByteArray &bytes) {
  return QString::fromLatin1(bytes.toBase64());
}
QString key(const char *hex) {
  return base64("\x05" + QByteArray::fromHex(hex));
}
void setSigned(QJsonObject &upload, const QString &member, const QJsonValue &value) {
  QJsonObject signedKey = upload[u"signed_prekey"_s].toObject();
  signedKey[member] = value;
  upload[u"signed_prekey"_s] = signedKey;
}
void setPreKey(QJsonObject &upload, const QString &member, const QJsonValue &value, int index = 0) {
  QJsonArray keys = upload[u"prekeys"_s].toArray();
  QJsonObject one = keys[index].toObject();
  one[member] = value;
  keys[index] = one;
  upload[u"prekeys"_s] = keys;
}
QByteArray signatureOf(const QJsonObject &upload) {
  return QByteArray::fromBase64(upload[u"signed_prekey"_s][u"signature"_s].toString().toLatin1());
}

std::vector<UploadRow> signatureRows() {
  using Json = QJsonObject;
  return {
      {"A110_NoSignature", [](Json &j) { setSigned(j, u"signature"_s, QJsonValue::Undefined); }, 400, "bad_request"},
      {"A110_NullSignature", [](Json &j) { setSigned(j, u"signature"_s, QJsonValue::Null); }, 400, "bad_request"},
      {"A110_EmptySignature", [](Json &j) { setSigned(j, u"signature"_s, u""_s); }, 400, "bad_request"},
      {"A111_OfAnotherKey", [](Json &j) { j[u"identity_key"_s] = base64(RelayUser::freshKey()); }, 422,
       "invalid_signature"},
      {"A111_OfOtherBytes", [](Json &j) { setSigned(j, u"public_key"_s, base64(RelayUser::freshKey())); }, 422,
       "invalid_signature"},
      {"A111_OneByteLess", [](Json &j) { setSigned(j, u"signature"_s, base64(signatureOf(j).chopped(1))); }, 400,
       "bad_request"},
      {"A111_OneByteMore", [](Json &j) { setSigned(j, u"signature"_s, base64(signatureOf(j) + 'x')); }, 400,
       "bad_request"},
      {"A111_HighBitsOfS",
       [](Json &j) {
         QByteArray high = signatureOf(j);
         high[63] = static_cast<char>(high[63] | 0x60);
         setSigned(j, u"signature"_s, base64(high));
       },
       422, "invalid_signature"},
      {"A111_OnlyZeros", [](Json &j) { setSigned(j, u"signature"_s, base64(QByteArray(64, '\0'))); }, 422,
       "invalid_signature"},
      {"A114_IdZero", [](Json &j) { setPreKey(j, u"key_id"_s, 0); }, 400, "bad_request"},
      {"A114_IdOfTheLastResort", [](Json &j) { setPreKey(j, u"key_id"_s, 0xFFFFFF); }, 400, "bad_request"},
      {"A114_IdOf2To24", [](Json &j) { setPreKey(j, u"key_id"_s, 1 << 24); }, 400, "bad_request"},
      {"A114_IdOf2To32", [](Json &j) { setPreKey(j, u"key_id"_s, qint64{1} << 32); }, 400, "bad_request"},
      {"A114_AnIdTwice", [](Json &j) { setPreKey(j, u"key_id"_s, 2); }, 422, "invalid_keys"},
      {"A114_AHundredAndOne",
       [](Json &j) {
         QJsonArray keys;
         for (int id = 1; id <= 101; ++id)
           keys.append(Json{{u"key_id"_s, id}, {u"public_key"_s, j[u"prekeys"_s][0][u"public_key"_s]}});
         j[u"prekeys"_s] = keys;
       },
       400, "bad_request"},
  };
}

// The twelve encodings of https://cr.yp.to/ecdh.html#validate, and what is no key by its shape.
struct KeyRow {
  const char *name;
  QString key;
  int status;
  const char *code;
};

std::vector<KeyRow> keyRows() {
  const QByteArray fine(32, 'k');
  return {
      {"A112_Zero", key("0000000000000000000000000000000000000000000000000000000000000000"), 422, "invalid_keys"},
      {"A112_One", key("0100000000000000000000000000000000000000000000000000000000000000"), 422, "invalid_keys"},
      {"A112_Order8a", key("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"), 422, "invalid_keys"},
      {"A112_Order8b", key("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"), 422, "invalid_keys"},
      {"A112_MinusOne", key("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"), 422, "invalid_keys"},
      {"A112_P", key("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"), 422, "invalid_keys"},
      {"A112_PPlusOne", key("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"), 422, "invalid_keys"},
      {"A112_Order8aHigh", key("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b880"), 422,
       "invalid_keys"},
      {"A112_Order8bHigh", key("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f11d7"), 422,
       "invalid_keys"},
      {"A112_TwoPMinusOne", key("d9ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"), 422,
       "invalid_keys"},
      {"A112_TwoP", key("daffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"), 422, "invalid_keys"},
      {"A112_TwoPPlusOne", key("dbffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"), 422,
       "invalid_keys"},
      {"A112_HighBit", key("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882bcf"), 422, "invalid_keys"},
      {"A112_32Bytes", base64("\x05" + fine.chopped(1)), 400, "bad_request"},
      {"A112_34Bytes", base64("\x05" + fine + "k"), 400, "bad_request"},
      {"A112_Type6", base64("\x06" + fine), 400, "bad_request"},
  };
}

class UploadCases : public AbusedRelay, public ::testing::WithParamInterface<UploadRow> {
 public:
  static void SetUpTestSuite() { start(); }
};
class KeyCases : public AbusedRelay, public ::testing::WithParamInterface<KeyRow> {
 public:
  static void SetUpTestSuite() { start(); }
};

}  // namespace

TEST_P(UploadCases, AreRefusedAndNothingIsKept) {
  RelayUser alice(port(), "alice@gxcoin.test");
  ASSERT_EQ(alice.logsIn().status, 200);
  QJsonObject upload = QJsonDocument::fromJson(alice.keys().toJson()).object();
  GetParam().spoil(upload);

  const QByteArray body = QJsonDocument(upload).toJson(QJsonDocument::Compact);
  expectProblem(alice.http().put("/api/v1/keys", body), GetParam().status, GetParam().code);

  EXPECT_EQ(alice.uploadsKeys().status, 200);  // the first upload is still to come
}

TEST_P(KeyCases, AreRefusedInEveryPlace) {
  RelayUser alice(port(), "alice@gxcoin.test");
  ASSERT_EQ(alice.logsIn().status, 200);
  const QJsonObject good = QJsonDocument::fromJson(alice.keys().toJson()).object();
  QJsonObject identity = good;
  identity[u"identity_key"_s] = GetParam().key;
  QJsonObject signedKey = good;
  setSigned(signedKey, u"public_key"_s, GetParam().key);
  QJsonObject oneTime = good;
  setPreKey(oneTime, u"public_key"_s, GetParam().key, 3);
  QJsonObject lastResort = good;
  lastResort[u"last_resort_prekey"_s] = QJsonObject{{u"key_id"_s, 0xFFFFFF}, {u"public_key"_s, GetParam().key}};

  for (const QJsonObject &upload : {identity, signedKey, oneTime, lastResort}) {
    const QByteArray body = QJsonDocument(upload).toJson(QJsonDocument::Compact);
    expectProblem(alice.http().put("/api/v1/keys", body), GetParam().status, GetParam().code);
  }
}

INSTANTIATE_TEST_SUITE_P(All, UploadCases, ::testing::ValuesIn(signatureRows()), RowName());
INSTANTIATE_TEST_SUITE_P(All, KeyCases, ::testing::ValuesIn(keyRows()), RowName());

}  // namespace gx::test
