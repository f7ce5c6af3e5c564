// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/bench/generator/report.h"

#include <cstdio>

namespace gx::bench {

void Report::print() const {
  const char *before = "{";
  for (const auto &[name, value] : m_figures) {
    std::printf("%s\"%s\": %.9g", before, name.c_str(), value);
    before = ", ";
  }
  std::printf("%s}\n", m_figures.empty() ? "{" : "");
  std::fflush(stdout);
}

}  // namespace gx::bench
