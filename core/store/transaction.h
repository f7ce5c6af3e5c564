// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/store/database.h"

namespace gx::store {

// All or nothing: BEGIN IMMEDIATE, and ROLLBACK unless committed.
class Transaction final {
 public:
  explicit Transaction(Database &database) : m_database(database), m_began(database.begin()) {
    m_isOpen = m_began.has_value();
  }
  ~Transaction() {
    if (m_isOpen) m_database.rollback();
  }
  Transaction(const Transaction &) = delete;
  Transaction &operator=(const Transaction &) = delete;

  // Whether BEGIN worked: look before the first write.
  [[nodiscard]] const Result<> &began() const { return m_began; }
  [[nodiscard]] Result<> commit() {
    const auto committed = m_database.commit();
    if (committed) m_isOpen = false;  // else the destructor rolls back what a full disk left open
    return committed;
  }

 private:
  Database &m_database;
  Result<> m_began;
  bool m_isOpen = false;
};

// A part of a transaction that can be taken back alone.
class Savepoint final {
 public:
  explicit Savepoint(Database &database) : m_database(database), m_began(database.execute("SAVEPOINT part")) {
    m_isOpen = m_began.has_value();
  }
  ~Savepoint() {
    if (m_isOpen) static_cast<void>(m_database.execute("ROLLBACK TO part; RELEASE part"));
  }
  Savepoint(const Savepoint &) = delete;
  Savepoint &operator=(const Savepoint &) = delete;

  [[nodiscard]] const Result<> &began() const { return m_began; }
  // Takes it back now rather than at the end of the scope.
  [[nodiscard]] Result<> undo() {
    m_isOpen = false;
    return m_database.execute("ROLLBACK TO part; RELEASE part");
  }
  [[nodiscard]] Result<> keep() {
    const auto kept = m_database.execute("RELEASE part");
    if (kept) m_isOpen = false;
    return kept;
  }

 private:
  Database &m_database;
  Result<> m_began;
  bool m_isOpen = false;
};

}  // namespace gx::store
