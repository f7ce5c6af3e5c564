// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace gx::bench {

// Figures by name, in order; printed as one JSON object on one line.
class Report final {
 public:
  void add(std::string name, double value) { m_figures.emplace_back(std::move(name), value); }
  void print() const;

 private:
  std::vector<std::pair<std::string, double>> m_figures;
};

}  // namespace gx::bench
