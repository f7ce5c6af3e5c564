// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include <QDir>
#include <QFile>

#include "core/crypto/record_seal.h"
#include "core/model/content_codec.h"
#include "core/model/plaintext_codec.h"
#include "tests/core/model/sample_plaintext.h"
#include "tests/fuzz/crypto_scene.h"

// Start inputs that must be made from real objects: messages, records, plaintexts. write_seeds tests/fuzz/seeds
namespace {

using namespace gx;
using namespace gx::fuzz;
using namespace Qt::StringLiterals;

QDir out;

void write(const QString &target, const QString &name, const QByteArray &bytes) {
  out.mkpath(target);
  QFile file(out.filePath(target + u'/' + name));
  require(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
}

// The choice byte of signal_message: bit 0 a prekey message, bit 1 a Bob who talks.
void writeMessages(CryptoScene &scene) {
  for (qsizetype i = 0; i < scene.starts.size(); ++i) {
    write(u"signal_message"_s, u"start-fresh-%1"_s.arg(i), '\x01' + scene.starts[i].bytes);
    write(u"signal_message"_s, u"start-talking-%1"_s.arg(i), '\x03' + scene.starts[i].bytes);
  }
  for (qsizetype i = 0; i < scene.letters.size(); ++i)
    write(u"signal_message"_s, u"letter-%1"_s.arg(i), '\x02' + scene.letters[i].bytes);
  write(u"signal_message"_s, u"letter-fresh"_s, QByteArray(1, '\0') + scene.letters[0].bytes);
  QByteArray cut = scene.letters[1].bytes;
  cut.chop(8);
  write(u"signal_message"_s, u"letter-without-mac"_s, '\x02' + cut);
  write(u"signal_message"_s, u"padded"_s, '\x02' + QByteArray("text\x80") + QByteArray(155, '\0'));
}

QByteArray recordOf(test::CryptoPeer &owner, const test::CryptoPeer &peer) {
  return crypto::SessionRecord::load(owner.keyring(), peer.address)->bytes;
}

// The choice byte of session_record: what is done with the session; bit 7 prekeys.
void writeRecords(CryptoScene &scene) {
  const QString target = u"session_record"_s;
  test::CryptoPeer &bob = scene.bob;
  const QByteArray talking = recordOf(bob, scene.alice);
  for (const char choice : QByteArray("\x01\x02\x06\x08\x10\x1f"))
    write(target, u"talking-%1"_s.arg(int{choice}), choice + talking);
  require(bob.sessionWith(scene.alice).build(scene.alice.bundle()).has_value());
  write(target, u"archived"_s, '\x03' + recordOf(bob, scene.alice));
  require(bob.sessionWith(scene.alice).archive().has_value());
  write(target, u"only-archived"_s, '\x03' + recordOf(bob, scene.alice));
  write(target, u"pending"_s, '\x01' + recordOf(scene.alice, bob));
  write(target, u"empty"_s, "\x1f"_ba);
  write(target, u"sealed"_s, QByteArray(1, '\0') + bob.store.sessions.begin()->second);
  const auto &preKey = bob.store.preKeys.begin()->second;
  const auto &signedPreKey = bob.store.signedPreKeys.begin()->second;
  const QByteArray preKeyId = QByteArray::number(preKey.id);
  const QByteArray signedId = QByteArray::number(signedPreKey.id);
  write(target, u"prekey"_s, '\x81' + *bob.seal.open(crypto::RecordType::PreKey, preKeyId, preKey.record));
  write(target, u"signed-prekey"_s,
        '\x80' + *bob.seal.open(crypto::RecordType::SignedPreKey, signedId, signedPreKey.record));
}

void writePlaintexts() {
  const auto id = test::kSecondMessage;
  const std::pair<QString, model::Content> contents[] = {
      {u"text"_s, model::Text{u"Grüße \U0001F600 \"quoted\"\n"_s}},
      {u"reply"_s, model::Reply{u"yes"_s, id, test::kBobUser, u"do you"_s}},
      {u"edit"_s, model::Edit{id, u"better"_s}},
      {u"deletion"_s, model::Deletion{id}},
      {u"reaction"_s, model::Reaction{id, test::kBobUser, u"\U0001F44D"_s}},
      {u"reaction-removed"_s, model::Reaction{id, test::kBobUser, u"\U0001F44D"_s, true}},
      {u"receipt"_s, model::Receipt{model::ReceiptState::Read, {test::kFirstMessage, id}}},
      {u"receipt-delivered"_s, model::Receipt{model::ReceiptState::Delivered, {id}}},
      {u"retry"_s, model::RetryRequest{test::kEnvelope, id}},
      {u"retry-unknown"_s, model::RetryRequest{test::kEnvelope}},
      {u"session"_s, model::SessionReset{}}};
  for (const auto &[name, content] : contents) {
    write(u"plaintext"_s, name, *model::encodePlaintext(test::samplePlaintext(content)));
    write(u"plaintext"_s, u"content-"_s + name, *model::encodeContent(content));
  }
  QByteArray unknown = *model::encodePlaintext(test::samplePlaintext(model::Deletion{id}));
  write(u"plaintext"_s, u"unknown-kind"_s, unknown.replace("\"deletion\"", "\"poll\""));
  write(u"plaintext"_s, u"unknown-version"_s, unknown.replace("\"v\":1", "\"v\":2"));
}

}  // namespace

int main(int argc, char **argv) {
  require(argc == 2);
  out.setPath(QString::fromLocal8Bit(argv[1]));
  CryptoScene scene;
  writeMessages(scene);
  writeRecords(scene);
  writePlaintexts();
  return 0;
}
