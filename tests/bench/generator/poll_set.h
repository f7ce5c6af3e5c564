// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

namespace gx::bench {

class Readiness {
 public:
  virtual void ready(std::uint32_t epollEvents) = 0;
  // At the end of a turn in which it asked for it.
  virtual void flush() = 0;

 protected:
  ~Readiness() = default;
};

// The generator's event loop: one epoll set, one thread. What is written in a turn leaves at its end.
class PollSet final {
 public:
  static constexpr std::size_t kBufferBytes = 256 * 1024;

  PollSet();
  ~PollSet();
  PollSet(const PollSet &) = delete;
  PollSet &operator=(const PollSet &) = delete;

  void watch(int descriptor, std::uint32_t epollEvents, Readiness &readiness);
  void rewatch(int descriptor, std::uint32_t epollEvents, Readiness &readiness);
  void flushLater(Readiness &readiness) { m_dirty.push_back(&readiness); }
  // Waits at most so long, serves what is ready, flushes. Nothing watched may be deleted meanwhile.
  void turn(std::uint64_t waitNanoseconds);
  [[nodiscard]] char *buffer() { return m_buffer.get(); }

  [[nodiscard]] static std::uint64_t now();  // CLOCK_MONOTONIC, nanoseconds

 private:
  void flushAll();

  int m_epoll;
  std::vector<Readiness *> m_dirty;
  std::unique_ptr<char[]> m_buffer;
};

}  // namespace gx::bench
