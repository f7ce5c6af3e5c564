// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <QtGlobal>

namespace gx::server::net {

class HttpSession;

// What speaks over a connection: HTTP first, a web socket after an upgrade. Owned by the connection. Called from the
// event loop only, never inside one of the connection's own functions.
class ConnectionUser {
 public:
  virtual ~ConnectionUser() = default;
  // The bytes may be changed in place and are gone after the call: keep what is incomplete.
  virtual void received(char *bytes, qsizetype size) = 0;
  // The peer sends no more. It may still read.
  virtual void endReached() = 0;
  // Everything queued was taken by the kernel, after it had not been at once.
  virtual void drained() {}
  virtual void timedOut() {}
  [[nodiscard]] virtual HttpSession *asHttp() { return nullptr; }
  // The last call before this object is deleted.
  virtual void gone() = 0;
};

}  // namespace gx::server::net
