// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/main/relay_store.h"

#include <algorithm>

namespace gx::server {

namespace {

cache::BucketRules scaledRules(double scale) {
  cache::BucketRules rules = cache::standardBucketRules();
  for (cache::BucketRule &rule : rules) {
    rule.permits = static_cast<int>(std::min(1e9, rule.permits * scale));
    const auto refill = static_cast<double>(rule.refill.count()) / scale;
    rule.refill = std::chrono::milliseconds(std::max<qint64>(1, static_cast<qint64>(refill)));
  }
  return rules;
}

}  // namespace

Result<std::unique_ptr<RelayStore>> RelayStore::open(const config::Config &config, Clock &clock, Random &random) {
  sql::SqlStoreSettings settings;
  settings.folder = config.dataFolder;
  settings.environment = config.environment;
  auto opened = sql::SqlStore::open(std::move(settings), clock);
  if (!opened) return fail(opened.error());
  return std::unique_ptr<RelayStore>(new RelayStore(std::move(*opened), config.rateScale, clock, random));
}

RelayStore::RelayStore(std::unique_ptr<sql::SqlStore> sql, double rateScale, Clock &clock, Random &random)
    : m_sql(std::move(sql)),
      m_probe(*m_sql),
      m_accounts(*m_sql),
      m_devices(*m_sql),
      m_tokens(*m_sql),
      m_manifests(*m_sql),
      m_links(*m_sql),
      m_conversations(*m_sql),
      m_preKeys(*m_sql),
      m_messages(*m_sql),
      m_limiter(clock, scaledRules(rateScale)),
      m_ports{clock,           random,    m_accounts, m_devices,  m_tokens, m_manifests, m_links,
              m_conversations, m_preKeys, m_messages, m_presence, m_events, m_limiter} {}

}  // namespace gx::server
