// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/bench/generator/options.h"

#include <cstdio>
#include <cstdlib>
#include <sstream>

namespace gx::bench {

Options::Options(int argc, char **argv) {
  if (argc > 1) m_scenario = argv[1];
  for (int i = 2; i < argc; i += 2) {
    const std::string name = argv[i];
    if (!name.starts_with("--") || i + 1 == argc) {
      std::fprintf(stderr, "load_generator: %s has no value\n", name.c_str());
      std::exit(2);
    }
    m_values[name.substr(2)] = argv[i + 1];
  }
}

std::string Options::text(const std::string &name, const std::string &fallback) const {
  const auto found = m_values.find(name);
  return found == m_values.end() ? fallback : found->second;
}

double Options::number(const std::string &name, double fallback) const {
  const auto found = m_values.find(name);
  return found == m_values.end() ? fallback : std::atof(found->second.c_str());
}

std::vector<int> Options::list(const std::string &name) const {
  std::vector<int> numbers;
  std::istringstream words(text(name));
  std::string word;
  while (std::getline(words, word, ',')) numbers.push_back(std::atoi(word.c_str()));
  return numbers;
}

}  // namespace gx::bench
