// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/services/tokens.h"

#include <algorithm>

#include "core/base/bytes.h"
#include "core/base/crash_point.h"
#include "core/base/logging.h"
#include "core/curve/signature.h"
#include "server/services/sealed_answer.h"

namespace gx::server::services {

namespace {

constexpr char kAccessPrefix[] = "gxa_";
constexpr char kRefreshPrefix[] = "gxr_";
constexpr qsizetype kTokenSize = 4 + 43;
constexpr quint64 kLargestDeviceId = 0x7fffffff;
constexpr int kDeviceIdTries = 8;

bool looksLike(QByteArrayView token, const char *prefix) {
  return token.size() == kTokenSize && token.startsWith(QByteArrayView(prefix));
}

tl::unexpected<Error> notAuthorized(const char *why) {
  return fail(ErrorKind::Unauthorized, why, "unauthorized");
}

}  // namespace

Tokens::Tokens(const domain::Ports &ports, const ServiceSettings &settings) : m_ports(ports), m_settings(settings) {}

std::optional<domain::Principal> Tokens::known(QByteArrayView accessToken) {
  if (!looksLike(accessToken, kAccessPrefix)) return std::nullopt;
  return m_cache.find(sha256(accessToken), m_ports.clock.wallNow());
}

Async<domain::Principal> Tokens::check(QByteArray accessToken) {
  if (!looksLike(accessToken, kAccessPrefix)) co_return notAuthorized("not an access token");
  const QByteArray hash = sha256(accessToken);
  if (const auto cached = m_cache.find(hash, m_ports.clock.wallNow())) co_return *cached;
  for (;;) {
    const quint64 round = m_round;
    const Result<domain::Principal> found = co_await m_ports.tokens.findAccess(hash);
    if (!found && found.error().kind != ErrorKind::NotFound) co_return fail(found.error());
    if (!found || found->expiresAt <= m_ports.clock.wallNow()) co_return notAuthorized("no such access token");
    if (round != m_round) continue;  // something was revoked meanwhile: look again
    m_cache.put(hash, *found);
    co_return *found;
  }
}

Tokens::Fresh Tokens::makeTokens(QByteArray family, WallTime familyEndsAt) {
  const WallTime now = m_ports.clock.wallNow();
  Fresh fresh;
  fresh.pair.accessToken = kAccessPrefix + toBase64Url(m_ports.random.bytes(32));
  fresh.pair.refreshToken = kRefreshPrefix + toBase64Url(m_ports.random.bytes(32));
  fresh.access = {sha256(fresh.pair.accessToken), now + m_settings.accessLife};
  const WallTime idleUntil = std::min(now + m_settings.refreshIdle, familyEndsAt);
  fresh.refresh = {sha256(fresh.pair.refreshToken), std::move(family), idleUntil, familyEndsAt};
  fresh.pair.accessExpiresIn = m_settings.accessLife.count();
  fresh.pair.refreshExpiresIn = std::chrono::duration_cast<std::chrono::seconds>(idleUntil - now).count();
  return fresh;
}

Async<std::pair<domain::Device, wire::TokenPair>> Tokens::start(domain::Device device) {
  device.state = wire::DeviceState::Pending;
  device.createdAt = m_ports.clock.wallNow();
  Error last{ErrorKind::Internal, "no free device id"};
  for (int i = 0; i < kDeviceIdTries; ++i) {
    device.id = DeviceId{quint32(m_ports.random.below(kLargestDeviceId) + 1)};
    Fresh fresh = makeTokens(m_ports.random.bytes(16), device.createdAt + m_settings.refreshLife);
    const auto gone = co_await m_ports.tokens.start(device, fresh.access, fresh.refresh);
    if (gone) {
      for (const DeviceId id : *gone) dropped(id);
      co_return std::pair(device, fresh.pair);
    }
    last = gone.error();
    if (last.kind != ErrorKind::Conflict) break;
  }
  co_return fail(last);
}

Async<wire::TokenPair> Tokens::refresh(wire::RefreshRequest request) {
  if (!looksLike(request.refreshToken, kRefreshPrefix)) co_return notAuthorized("not a refresh token");
  Result<domain::RefreshOwner> owner = co_await m_ports.tokens.findRefresh(sha256(request.refreshToken));
  if (!owner && owner.error().kind == ErrorKind::NotFound) co_return notAuthorized("no such refresh token");
  if (!owner) co_return fail(owner.error());
  const QByteArray key = toText(owner->device.id);
  if (const Result<> allowed = co_await m_ports.limiter.take(domain::Limit::Refresh, key); !allowed)
    co_return fail(allowed.error());
  if (const Result<> owned = co_await checkOwner(request, *owner); !owned) co_return fail(owned.error());
  co_return co_await rotate(request, *owner);
}

// From the moment a device has its identity key, a stolen token alone is worth nothing; who tries ends the session.
Async<> Tokens::checkOwner(wire::RefreshRequest request, domain::RefreshOwner owner) {
  if (owner.device.identityKey.isEmpty()) co_return Result<>{};
  if (!request.signature) co_return notAuthorized("the device's signature is missing");
  const auto identity = curve::PublicKey::parse(owner.device.identityKey);
  if (!identity) co_return fail(ErrorKind::Internal, "a stored identity key is broken");
  if (curve::isSignedBy(*identity, request.signedBytes(), *request.signature)) co_return Result<>{};
  qCWarning(lcServerServices) << "a refresh was signed by another key; device" << owner.device.id.value << "signed out";
  if (const Result<> ended = co_await m_ports.tokens.endSession(owner.device.id); !ended) co_return ended;
  dropped(owner.device.id);
  co_return notAuthorized("signed by another key");
}

Async<wire::TokenPair> Tokens::rotate(wire::RefreshRequest request, domain::RefreshOwner owner) {
  Fresh fresh = makeTokens(owner.record.family, owner.record.familyEndsAt);
  domain::RefreshRotation rotation;
  rotation.oldHash = owner.record.hash;
  rotation.requestId = request.requestId;
  rotation.sealedAnswer = sealAnswer(m_ports.random, request.refreshToken, fresh.pair.toJson());
  rotation.access = fresh.access;
  rotation.refresh = fresh.refresh;
  rotation.now = m_ports.clock.wallNow();
  rotation.replayUntil = rotation.now + m_settings.refreshReplay;
  const Result<QByteArray> replayed = co_await m_ports.tokens.rotate(rotation);
  if (!replayed) {
    if (replayed.error().code == "token_reused") {
      qCWarning(lcServerServices) << "a spent refresh token came again; device" << owner.device.id.value
                                  << "signed out";
      dropped(owner.device.id);
    }
    co_return fail(replayed.error());
  }
  crashPoint("C21");
  if (replayed->isEmpty()) co_return fresh.pair;
  const Result<QByteArray> answer = openAnswer(request.refreshToken, *replayed);
  if (!answer) co_return fail(answer.error());
  co_return wire::TokenPair::parse(*answer);
}

Async<> Tokens::logout(domain::Principal who) {
  if (const Result<> ended = co_await m_ports.tokens.endSession(who.device); !ended) co_return ended;
  dropped(who.device);
  co_return Result<>{};
}

void Tokens::dropped(DeviceId device) {
  ++m_round;
  m_cache.removeDevice(device);
  const DeviceId devices[] = {device};
  m_ports.events.announce(devices, domain::SessionEnded{});
}

void Tokens::activated(DeviceId device) {
  ++m_round;
  m_cache.setState(device, wire::DeviceState::Active);
  const DeviceId devices[] = {device};
  m_ports.events.announce(devices, domain::DeviceActivated{});
}

}  // namespace gx::server::services
