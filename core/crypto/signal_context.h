// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <memory>
#include <mutex>

#include "core/base/random.h"
#include "core/base/result.h"

struct signal_context;

namespace gx::crypto {

class OpensslProvider;

// The C library's global state: provider, recursive lock, silent log. One per process; lives on the vault thread with
// all that is made from it.
class SignalContext final {
 public:
  [[nodiscard]] static Result<std::unique_ptr<SignalContext>> make(Random &random);
  ~SignalContext();
  SignalContext(const SignalContext &) = delete;
  SignalContext &operator=(const SignalContext &) = delete;

  // For core/crypto alone.
  [[nodiscard]] signal_context *raw() { return m_context; }
  [[nodiscard]] Random &random() { return m_random; }

 private:
  explicit SignalContext(Random &random);

  Random &m_random;
  std::unique_ptr<OpensslProvider> m_provider;
  std::recursive_mutex m_mutex;  // recursive: decrypt locks again inside
  signal_context *m_context = nullptr;
};

}  // namespace gx::crypto
