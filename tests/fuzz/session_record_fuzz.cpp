// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/crypto/protobuf_reader.h"
#include "core/crypto/record_seal.h"
#include "tests/fuzz/crypto_scene.h"

// A record as it lies in the store. The seal opens nothing it did not make. Behind it, as if the tag were right, what
// Bob makes of a damaged record ends in an error or in something that holds.
namespace {

using namespace gx;
using namespace gx::fuzz;

CryptoScene &scene() {
  static CryptoScene only;
  return only;
}

QByteArray placeOfAlice() {
  return toText(scene().alice.address.user) + '.' + toText(scene().alice.address.device);
}

void checkSeal(QByteArrayView bytes) {
  const crypto::RecordSeal &seal = scene().bob.seal;
  const auto payload = seal.open(crypto::RecordType::Session, placeOfAlice(), bytes);
  require(!payload || seal.seal(crypto::RecordType::Session, placeOfAlice(), *payload) == bytes);
  require(seal.open(crypto::RecordType::PreKey, "1", seal.seal(crypto::RecordType::PreKey, "1", bytes)) ==
          bytes.toByteArray());
}

// What would make the library choose a key derivation: root key and chains, read once more.
void checkVersion(const crypto::StateShape &state) {
  crypto::ProtobufReader reader(state.raw);
  bool hasKeys = false;
  while (const auto field = reader.next()) hasKeys = hasKeys || field->number == 4 || (field->number | 1) == 7;
  require(!hasKeys || state.version == 3);
}

void checkShape(QByteArrayView bytes) {
  const auto shape = crypto::RecordShape::parse(bytes);
  if (!shape) return;
  if (shape->isVersion3()) {
    if (shape->current) checkVersion(*shape->current);
    for (const crypto::StateShape &state : shape->archived) checkVersion(state);
  }
  const QByteArray written = shape->toBytes(crypto::Session::kMaxArchivedStates);
  const auto again = crypto::RecordShape::parse(written);
  require(again && again->toBytes(crypto::Session::kMaxArchivedStates) == written);
  require(again->archived.size() <= crypto::Session::kMaxArchivedStates);
  require(!shape->isVersion3() || again->isVersion3());
}

// The record is the one of Bob's session with Alice.
void useSession(QByteArrayView payload, quint8 choice) {
  test::CryptoPeer &bob = scene().bob;
  const test::CryptoPeer &alice = scene().alice;
  bob.store = scene().bobsStore(true);
  bob.store.sessions[alice.address] = bob.seal.seal(crypto::RecordType::Session, placeOfAlice(), payload);
  const test::InMemoryKeyStore before = bob.store;
  crypto::Session session = bob.sessionWith(alice);
  const auto status = session.status();
  if (status && status->exists && (choice & 1)) {
    const auto sealed = session.encrypt("text");
    const auto record = crypto::SessionRecord::load(bob.keyring(), alice.address);
    require(record.has_value());
    require(sealed ? record->shape()->current->remoteIdentity == alice.identity.publicKey.view() : bob.store == before);
  }
  if (choice & 2) {
    const auto opened = session.decrypt(choice & 4 ? scene().starts[1] : scene().letters[1]);
    require(!opened || scene().wasSent(opened->plaintext));
  }
  if (choice & 8) std::ignore = session.archive();
  if (choice & 16) std::ignore = session.build(scene().alice.bundle());
  require(session.status().has_value());
}

// The record is one of the keys Alice's first message was made for.
void usePreKeys(const QByteArray &payload, quint8 choice) {
  test::CryptoPeer &bob = scene().bob;
  bob.store = scene().bobsStore(false);
  auto &preKey = bob.store.preKeys.begin()->second;
  auto &signedPreKey = bob.store.signedPreKeys.begin()->second;
  if (choice & 1)
    preKey.record = bob.seal.seal(crypto::RecordType::PreKey, QByteArray::number(preKey.id), payload);
  else
    signedPreKey.record = bob.seal.seal(crypto::RecordType::SignedPreKey, QByteArray::number(signedPreKey.id), payload);
  const test::InMemoryKeyStore before = bob.store;
  const auto opened = bob.opens(scene().alice, scene().starts[0]);
  require(opened ? opened->plaintext == "one" : bob.store == before);
}

}  // namespace

// The C library leaks what it has read of a record when it refuses the rest (M10). In the product only a record with a
// right tag gets that far.
extern "C" const char *__lsan_default_suppressions() {
  return "leak:libsignal-protocol-c";
}

// The first byte chooses what the rest is and what is done with it.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size) {
  FuzzInput input(data, size);
  const quint8 choice = input.byte();
  checkSeal(input.rest());
  if (choice & 0x80) {
    usePreKeys(input.rest().toByteArray(), choice);
    return 0;
  }
  checkShape(input.rest());
  useSession(QByteArray(8, '\0') + input.rest().toByteArray(), choice);
  return 0;
}
