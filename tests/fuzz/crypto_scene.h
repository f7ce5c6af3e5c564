// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <set>

#include "core/crypto/session_record.h"
#include "tests/core/crypto/crypto_peer.h"
#include "tests/fuzz/fuzz_input.h"

namespace gx::fuzz {

// Alice writes to Bob, with the same keys in each run. What Bob has is kept, so that every input finds the same Bob.
class CryptoScene final {
 public:
  CryptoScene() {
    alice.trusts(bob);
    bob.trusts(alice);
    bob.trusts(mallory);
    require(alice.sessionWith(bob).build(bob.bundle()).has_value());
    starts = {send("one"), send("two"), send("")};
    m_fresh = bob.store;
    require(bob.opens(alice, starts[0]).has_value());
    require(alice.opens(bob, bob.sends(alice, "answer")).has_value());
    letters = {send("three"), send("four"), send(QByteArray(200, 'l')), send("six")};
    m_talking = bob.store;
  }

  // Before there is a session, or once both sides talk.
  [[nodiscard]] const test::InMemoryKeyStore &bobsStore(bool isTalking) const {
    return isTalking ? m_talking : m_fresh;
  }
  [[nodiscard]] bool wasSent(const QByteArray &text) const { return m_texts.contains(text); }

  test::CryptoPeer alice{1}, bob{2}, mallory{3};
  QList<crypto::Ciphertext> starts;   // prekey messages; the first is opened once Bob talks
  QList<crypto::Ciphertext> letters;  // for a Bob who talks

 private:
  crypto::Ciphertext send(const QByteArray &text) {
    m_texts.insert(text);
    return alice.sends(bob, text);
  }

  std::set<QByteArray> m_texts;
  test::InMemoryKeyStore m_fresh;
  test::InMemoryKeyStore m_talking;
};

}  // namespace gx::fuzz
