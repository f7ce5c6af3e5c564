// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace gx::bench {

// `--name value` pairs after the scenario's name.
class Options final {
 public:
  // Ends the program with a word on stderr when an argument has no value.
  Options(int argc, char **argv);

  [[nodiscard]] const std::string &scenario() const { return m_scenario; }
  [[nodiscard]] std::string text(const std::string &name, const std::string &fallback = {}) const;
  [[nodiscard]] double number(const std::string &name, double fallback) const;
  [[nodiscard]] int whole(const std::string &name, int fallback) const {
    return static_cast<int>(number(name, fallback));
  }
  [[nodiscard]] std::vector<int> list(const std::string &name) const;  // with commas

 private:
  std::string m_scenario;
  std::map<std::string, std::string> m_values;
};

}  // namespace gx::bench
