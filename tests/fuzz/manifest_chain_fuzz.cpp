// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/fuzz/signed_chain.h"

// Chains of entries that are really signed, by whoever the input says and changed as it says. The verifier takes an
// entry exactly when the rules allow it and the key they name signed it as it stands; what was served is taken only as
// a continuation of what is pinned.
namespace {

using namespace gx;
using namespace gx::fuzz;
using curve::Manifest;
using curve::ManifestEntry;

const UserId kAccount = *parseId<UserId>("01890a5d-ac96-774b-bcce-b302099a8057");
const UserId kOther = *parseId<UserId>("01890a5d-ac96-774b-bcce-b302099a8058");

Signers &signers() {
  static Signers only;
  return only;
}

void change(ManifestEntry &entry, quint8 what, quint8 how) {
  switch (what % 12) {
    case 1:
      entry.account = kOther;
      break;
    case 2:
      entry.version += how;
      break;
    case 3:
      entry.previousHash[how % 32] = static_cast<char>(entry.previousHash[how % 32] ^ 1);
      break;
    case 4:
      entry.operation = entry.operation == curve::ManifestOperation::Add ? curve::ManifestOperation::Remove
                                                                         : curve::ManifestOperation::Add;
      break;
    case 5:
      entry.device = DeviceId{how & 15U};
      break;
    case 6:
      entry.identityKey = how == 0 ? curve::PublicKey() : signers().key(how);
      break;
    case 7:
      entry.nameHash = QByteArray(how, 'n');
      break;
    case 8:
      entry.createdAt = fromMillis(how);
      break;
    case 9:
      entry.byDevice = DeviceId{how & 15U};
      break;
    default:
      break;
  }
}

// The s of a signature plus the order of the group: the C library takes it, too.
QByteArray withOtherS(QByteArray signature) {
  static const QByteArray kOrder =
      QByteArray::fromHex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
  unsigned carry = 0;
  for (int i = 0; i < 32; ++i) {
    carry += static_cast<quint8>(signature[32 + i]) + unsigned{static_cast<quint8>(kOrder[i])};
    signature[32 + i] = static_cast<char>(carry & 0xff);
    carry >>= 8;
  }
  return signature;
}

// Six bytes: which device is added or removed and by whom, who signs, what is changed before the signature and after.
SignedEntry nextEntry(FuzzInput &input, const ChainRules &chain) {
  const quint8 subject = input.byte();
  const quint8 author = input.byte();
  const quint8 signer = input.byte();
  const quint8 before = input.byte();
  const quint8 after = input.byte();
  const quint8 how = input.byte();
  ManifestEntry entry;
  entry.account = kAccount;
  entry.version = chain.version() + 1;
  entry.previousHash = chain.hash();
  entry.operation = subject & 0x80 ? curve::ManifestOperation::Remove : curve::ManifestOperation::Add;
  entry.device = DeviceId{subject & 15U};
  entry.identityKey = signers().key(subject & 15);
  entry.nameHash = QByteArray(32, 'n');
  entry.createdAt = fromMillis(1'750'000'000'000);
  entry.byDevice = DeviceId{author & 15U};
  change(entry, before, how);
  entry.signature = signers().sign(signer & 15, curve::signedBytes(entry));
  const ManifestEntry asSigned = entry;
  change(entry, after, how);
  if (after % 12 == 10) entry.signature[how % 64] = static_cast<char>(entry.signature[how % 64] ^ (1 << (how >> 6)));
  if (after % 12 == 11) entry.signature = withOtherS(entry.signature);
  return {entry, entry == asSigned ? signers().key(signer & 15) : curve::PublicKey()};
}

void checkSame(const Manifest &manifest, const ChainRules &chain) {
  require(manifest.entries() == chain.entries() && manifest.hash() == chain.hash());
  require(manifest.devices().size() == chain.devices().size());
  for (const curve::ManifestDevice &device : manifest.devices()) {
    const auto place = chain.devices().find(device.device.value);
    require(place != chain.devices().end() && place->second == device.identityKey);
    require(manifest.identityOf(device.device) == device.identityKey);
  }
}

// A part of `offered` served to somebody who pinned the first entries of `chain`.
void checkAdvance(FuzzInput &input, const ChainRules &chain, std::vector<ManifestEntry> offered) {
  const std::vector<ManifestEntry> &good = chain.entries();
  const std::size_t pinned = input.byte() % (good.size() + 1);
  const std::size_t from = input.byte() % (offered.size() + 1);
  offered.erase(offered.begin(), offered.begin() + static_cast<std::ptrdiff_t>(from));
  offered.resize(std::min<std::size_t>(offered.size(), input.byte()));
  const auto before = Manifest::verify(kAccount, std::span(good).first(pinned));
  require(before.has_value());

  Manifest after = *before;
  const auto advanced = after.advance(offered);
  require(advanced ? after.entries().size() >= pinned : after == *before);
  require(after.entries().size() <= good.size());
  require(std::equal(after.entries().begin(), after.entries().end(), good.begin()));
  for (const ManifestEntry &entry : offered)
    require(!advanced || (entry.version >= 1 && entry.version <= good.size() && entry == good[entry.version - 1]));
  const bool isWhole = !offered.empty() && offered.front().version == 1 && offered.size() == good.size();
  require(!isWhole || offered != good || (advanced && after.entries() == good));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size) {
  FuzzInput input(data, size);
  Manifest manifest(kAccount);
  ChainRules chain(kAccount);
  std::vector<ManifestEntry> all;
  for (int steps = input.byte() & 15; steps > 0; --steps) {
    const SignedEntry next = nextEntry(input, chain);
    const bool isAllowed = chain.allows(next);
    const Manifest before = manifest;
    require(manifest.append(next.entry).has_value() == isAllowed);
    require(isAllowed || manifest == before);
    if (isAllowed) chain.apply(next.entry);
    all.push_back(next.entry);
  }
  checkSame(manifest, chain);
  const auto verified = Manifest::verify(kAccount, chain.entries());
  require(verified.has_value() && *verified == manifest);
  require(Manifest::verify(kAccount, all).has_value() == (all == chain.entries()));
  const bool showsRefused = (input.byte() & 1) != 0;
  checkAdvance(input, chain, showsRefused ? all : chain.entries());
  return 0;
}
