// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/bench/generator/process_meter.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace gx::bench {

namespace {

namespace fs = std::filesystem;

std::string fileText(const fs::path &path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// The fourth field; the second is a name in parentheses that may hold anything.
int parentOf(int process) {
  const std::string text = fileText("/proc/" + std::to_string(process) + "/stat");
  const auto end = text.rfind(')');
  if (end == std::string::npos || end + 4 > text.size()) return 0;
  return std::atoi(text.c_str() + end + 4);
}

double statusKib(int process, const std::string &name) {
  const std::string text = fileText("/proc/" + std::to_string(process) + "/status");
  const auto at = text.find("\n" + name + ":");
  return at == std::string::npos ? 0 : std::atof(text.c_str() + at + name.size() + 2);
}

bool isNumber(const std::string &text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::vector<int> ProcessMeter::all() const {
  std::vector<std::pair<int, int>> parents;
  for (const auto &entry : fs::directory_iterator("/proc"))
    if (const std::string name = entry.path().filename(); isNumber(name)) {
      const int process = std::stoi(name);
      parents.emplace_back(process, parentOf(process));
    }
  std::vector<int> found = m_roots;
  for (std::size_t i = 0; i < found.size(); ++i)
    for (const auto &[process, parent] : parents)
      if (parent == found[i] && std::ranges::find(found, process) == found.end()) found.push_back(process);
  return found;
}

double ProcessMeter::cpuSeconds() const {
  double nanoseconds = 0;
  for (const int process : all()) {
    std::error_code gone;
    for (const auto &task : fs::directory_iterator("/proc/" + std::to_string(process) + "/task", gone))
      nanoseconds += std::atof(fileText(task.path() / "schedstat").c_str());
  }
  return nanoseconds / 1e9;
}

double ProcessMeter::anonymousKib() const {
  double sum = 0;
  for (const int process : all()) sum += statusKib(process, "RssAnon");
  return sum;
}

double ProcessMeter::residentKib() const {
  double sum = 0;
  for (const int process : all()) sum += statusKib(process, "VmRSS");
  return sum;
}

}  // namespace gx::bench
