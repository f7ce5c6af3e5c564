// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "server/domain/link_repository.h"
#include "server/sql/sql_store.h"

namespace gx::server::sql {

class SqlLinkRepository final : public domain::LinkRepository {
 public:
  explicit SqlLinkRepository(SqlStore &store) : m_store(store) {}

  [[nodiscard]] Async<wire::LinkState> find(UserId user, DeviceId device) override;
  [[nodiscard]] Async<wire::LinkState> commit(DeviceId device, QByteArray commitment) override;
  [[nodiscard]] Async<wire::LinkState> reveal(DeviceId device, QByteArray commitment,
                                              wire::LinkState::Reveal reveal) override;
  [[nodiscard]] Async<wire::LinkState> answer(UserId user, DeviceId device, wire::LinkState::Answer answer) override;

 private:
  SqlStore &m_store;
};

}  // namespace gx::server::sql
