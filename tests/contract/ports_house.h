// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <memory>

#include "core/base/bytes.h"
#include "core/wire/limits.h"
#include "server/cache/local_event_bus.h"
#include "server/cache/local_presence_directory.h"
#include "server/cache/local_rate_limiter.h"
#include "server/domain/ports.h"
#include "server/sql/sql_account_repository.h"
#include "server/sql/sql_conversation_repository.h"
#include "server/sql/sql_device_repository.h"
#include "server/sql/sql_link_repository.h"
#include "server/sql/sql_manifest_repository.h"
#include "server/sql/sql_message_queue.h"
#include "server/sql/sql_prekey_repository.h"
#include "server/sql/sql_token_repository.h"
#include "tests/support/await.h"
#include "tests/support/fixed_random.h"
#include "tests/support/manual_clock.h"
#include "tests/support/temp_folder.h"

namespace gx::test {

namespace cache = server::cache;
namespace domain = server::domain;
namespace sql = server::sql;

struct HouseSettings {
  int mailboxLetters = 0;
  qint64 mailboxBytes = 0;
  int mailboxSenders = 1;  // one may fill a mailbox alone
  cache::BucketRules rules = cache::boundlessBucketRules();
};

// A set of ports that behaves, whichever store is below it.
class PortsHouse {
 public:
  virtual ~PortsHouse() = default;
  [[nodiscard]] virtual domain::Ports ports() = 0;
  // As after a crash or a restart of the relay.
  virtual void restart() = 0;
  // Copies the store as it is, and puts the copy in its place again; each with a restart.
  virtual void backUp() = 0;
  virtual void restoreBackup() = 0;

  ManualClock clock;
  FixedRandom random{42};
};

// The ports on SQLite in a temporary folder, with the in-process bus, directory and limiter.
class SqliteHouse final : public PortsHouse {
 public:
  explicit SqliteHouse(HouseSettings settings = {}) : m_settings(settings) { open(); }

  [[nodiscard]] domain::Ports ports() override {
    return {clock,
            random,
            m_parts->accounts,
            m_parts->devices,
            m_parts->tokens,
            m_parts->manifests,
            m_parts->links,
            m_parts->conversations,
            m_parts->preKeys,
            m_parts->messages,
            presence,
            events,
            *m_limiter};
  }
  void restart() override {
    close();
    open();
  }
  void backUp() override {
    close();
    copyFiles(m_folder.path(), m_backup.path());
    open();
  }
  void restoreBackup() override {
    close();
    copyFiles(m_backup.path(), m_folder.path());
    open();
  }
  [[nodiscard]] sql::SqlStore &store() { return *m_store; }
  [[nodiscard]] QString folder() const { return m_folder.path(); }

  cache::LocalEventBus events;
  cache::LocalPresenceDirectory presence;

 private:
  struct Parts {
    explicit Parts(sql::SqlStore &store)
        : accounts(store),
          devices(store),
          tokens(store),
          manifests(store),
          links(store),
          conversations(store),
          preKeys(store),
          messages(store) {}
    sql::SqlAccountRepository accounts;
    sql::SqlDeviceRepository devices;
    sql::SqlTokenRepository tokens;
    sql::SqlManifestRepository manifests;
    sql::SqlLinkRepository links;
    sql::SqlConversationRepository conversations;
    sql::SqlPreKeyRepository preKeys;
    sql::SqlMessageQueue messages;
  };
  void close() {
    m_parts.reset();
    m_store.reset();
  }
  void open() {
    sql::SqlStoreSettings settings;
    settings.folder = m_folder.path();
    settings.environment = "test";
    settings.mailboxLetters = m_settings.mailboxLetters;
    settings.mailboxBytes = m_settings.mailboxBytes;
    settings.mailboxSenders = m_settings.mailboxSenders;
    auto store = sql::SqlStore::open(settings, clock);
    if (!store) qFatal("%s", describe(store.error()).constData());
    m_store = std::move(*store);
    m_parts = std::make_unique<Parts>(*m_store);
    if (!m_limiter) m_limiter = std::make_unique<cache::LocalRateLimiter>(clock, m_settings.rules);
  }

  HouseSettings m_settings;
  TempFolder m_folder;
  TempFolder m_backup;
  std::unique_ptr<sql::SqlStore> m_store;
  std::unique_ptr<Parts> m_parts;
  std::unique_ptr<cache::LocalRateLimiter> m_limiter;
};

}  // namespace gx::test
