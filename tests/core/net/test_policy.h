// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include "core/net/tls_policy.h"
#include "tests/support/test_certificates.h"

namespace gx::test {

// Trusts the CA of the tests and goes straight, whatever proxy the machine has.
inline net::TlsPolicy trustingTestCa() {
  net::TlsPolicy policy;
  policy.extraCaPem = TestCertificates::instance().ca();
  policy.proxy.kind = net::ProxySettings::Kind::None;
  return policy;
}

}  // namespace gx::test
