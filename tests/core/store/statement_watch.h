// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QByteArray>
#include <QHash>

namespace gx::test {

// The work of every statement that ran since clear(), on any database of this process: steps of the library's virtual
// machine by SQL. What uses its indices needs as many for a long history as for a short one.
class StatementWatch final {
 public:
  StatementWatch();  // before the databases it is to watch are opened
  ~StatementWatch();
  StatementWatch(const StatementWatch &) = delete;
  StatementWatch &operator=(const StatementWatch &) = delete;

  void clear();
  // The most steps that one run of one statement took, and its SQL.
  [[nodiscard]] std::pair<int, QByteArray> dearest() const;
};

}  // namespace gx::test
