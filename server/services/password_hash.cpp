// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/services/password_hash.h"

#include <sodium.h>

#include <algorithm>
#include <numeric>

namespace gx::server::services {

namespace {

constexpr qsizetype kSaltBytes = crypto_pwhash_SALTBYTES;
constexpr qsizetype kHashBytes = 32;

// The PHC string format as libsodium reads it.
QByteArray phcText(const HashCost &cost, const QByteArray &salt, const QByteArray &hash) {
  const auto base64 = [](const QByteArray &bytes) { return bytes.toBase64(QByteArray::OmitTrailingEquals); };
  return "$argon2id$v=19$m=" + QByteArray::number(cost.memoryBytes / 1024) + ",t=" + QByteArray::number(cost.passes) +
         ",p=1$" + base64(salt) + "$" + base64(hash);
}

Result<QByteArray> hashNow(const QByteArray &password, const QByteArray &salt, const HashCost &cost) {
  QByteArray hash(kHashBytes, '\0');
  if (crypto_pwhash(reinterpret_cast<unsigned char *>(hash.data()), quint64(hash.size()), password.constData(),
                    quint64(password.size()), reinterpret_cast<const unsigned char *>(salt.constData()),
                    quint64(cost.passes), size_t(cost.memoryBytes), crypto_pwhash_ALG_ARGON2ID13) != 0)
    return fail(ErrorKind::Unavailable, "no memory for a password hash", "unavailable");
  return phcText(cost, salt, hash);
}

Result<PasswordHash::Verdict> verifyNow(const QByteArray &password, const QByteArray &phc, const HashCost &cost) {
  // libsodium reads a C string of at most crypto_pwhash_STRBYTES.
  if (phc.size() >= qsizetype(crypto_pwhash_STRBYTES)) return fail(ErrorKind::Corrupt, "not a password hash");
  PasswordHash::Verdict verdict;
  verdict.matches = crypto_pwhash_str_verify(phc.constData(), password.constData(), quint64(password.size())) == 0;
  verdict.isOutdated = !phc.startsWith(phcText(cost, {}, {}).chopped(2) + "$");
  return verdict;
}

}  // namespace

PasswordHash::PasswordHash(Random &random, const ServiceSettings &settings)
    : m_random(random), m_cost(settings.hashCost), m_waitingLimit(settings.waitingHashes) {
  if (sodium_init() < 0) qFatal("libsodium does not start");
  m_dummy = phcText(m_cost, random.bytes(kSaltBytes), random.bytes(kHashBytes));
  for (int i = 0; i < std::max(1, settings.parallelHashes); ++i)
    m_lanes.push_back({std::make_unique<Worker>("password-" + QByteArray::number(i)), 0});
}

PasswordHash::~PasswordHash() = default;

Async<QByteArray> PasswordHash::make(QByteArray password) {
  const Result<Worker *> worker = enter();
  if (!worker) co_return fail(worker.error());
  auto job = [password, salt = m_random.bytes(kSaltBytes), cost = m_cost] { return hashNow(password, salt, cost); };
  Result<QByteArray> phc = co_await (*worker)->run(job);
  leave(*worker);
  co_return phc;
}

Async<PasswordHash::Verdict> PasswordHash::verify(QByteArray password, QByteArray phc) {
  const Result<Worker *> worker = enter();
  if (!worker) co_return fail(worker.error());
  auto job = [password, phc, cost = m_cost] { return verifyNow(password, phc, cost); };
  Result<Verdict> verdict = co_await (*worker)->run(job);
  leave(*worker);
  co_return verdict;
}

Result<Worker *> PasswordHash::enter() {
  const int load =
      std::accumulate(m_lanes.begin(), m_lanes.end(), 0, [](int sum, const Lane &lane) { return sum + lane.load; });
  if (load >= int(m_lanes.size()) + m_waitingLimit) {
    Error error{ErrorKind::Unavailable, "too many password hashes wait", "unavailable"};
    error.retryAfter = std::chrono::seconds(2);
    return fail(error);
  }
  Lane &lane = *std::ranges::min_element(m_lanes, {}, &Lane::load);
  ++lane.load;
  return lane.worker.get();
}

void PasswordHash::leave(Worker *worker) {
  for (Lane &lane : m_lanes)
    if (lane.worker.get() == worker) --lane.load;
}

}  // namespace gx::server::services
