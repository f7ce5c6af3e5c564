// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/crypto/signal_context.h"

#include <signal_protocol.h>

#include "core/base/logging.h"
#include "core/crypto/openssl_provider.h"
#include "core/crypto/signal_error.h"

namespace gx::crypto {

namespace {

void lockContext(void *mutex) {
  static_cast<std::recursive_mutex *>(mutex)->lock();
}
void unlockContext(void *mutex) {
  static_cast<std::recursive_mutex *>(mutex)->unlock();
}

// The library writes addresses into its lines, so only that there was one is told.
void logNotice(int level, const char *, size_t, void *) {
  qCDebug(lcCrypto) << "notice of the library, level" << level;
}

}  // namespace

Result<std::unique_ptr<SignalContext>> SignalContext::make(Random &random) {
  auto provider = OpensslProvider::make(random);
  if (!provider) return tl::unexpected(provider.error());
  std::unique_ptr<SignalContext> context(new SignalContext(random));
  context->m_provider = std::move(*provider);
  int result = signal_context_create(&context->m_context, &context->m_mutex);
  if (result < 0) return fail(signalError(result, "signal_context_create"));
  signal_crypto_provider functions{};
  context->m_provider->fill(functions);
  result = signal_context_set_crypto_provider(context->m_context, &functions);
  if (result < 0) return fail(signalError(result, "signal_context_set_crypto_provider"));
  result = signal_context_set_locking_functions(context->m_context, lockContext, unlockContext);
  if (result < 0) return fail(signalError(result, "signal_context_set_locking_functions"));
  signal_context_set_log_function(context->m_context, logNotice);
  return context;
}

SignalContext::SignalContext(Random &random) : m_random(random) {}

SignalContext::~SignalContext() {
  if (m_context) signal_context_destroy(m_context);
}

}  // namespace gx::crypto
