// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "tests/bench/generator/poll_set.h"

#include <sys/epoll.h>
#include <unistd.h>

#include <array>
#include <ctime>

namespace gx::bench {

PollSet::PollSet()
    : m_epoll(epoll_create1(EPOLL_CLOEXEC)), m_buffer(std::make_unique_for_overwrite<char[]>(kBufferBytes)) {}

PollSet::~PollSet() {
  ::close(m_epoll);
}

std::uint64_t PollSet::now() {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000'000U + static_cast<std::uint64_t>(time.tv_nsec);
}

void PollSet::watch(int descriptor, std::uint32_t epollEvents, Readiness &readiness) {
  epoll_event event{};
  event.events = epollEvents;
  event.data.ptr = &readiness;
  epoll_ctl(m_epoll, EPOLL_CTL_ADD, descriptor, &event);
}

void PollSet::rewatch(int descriptor, std::uint32_t epollEvents, Readiness &readiness) {
  epoll_event event{};
  event.events = epollEvents;
  event.data.ptr = &readiness;
  epoll_ctl(m_epoll, EPOLL_CTL_MOD, descriptor, &event);
}

void PollSet::turn(std::uint64_t waitNanoseconds) {
  flushAll();
  std::array<epoll_event, 512> events;
  const timespec wait{static_cast<time_t>(waitNanoseconds / 1'000'000'000U),
                      static_cast<long>(waitNanoseconds % 1'000'000'000U)};
  const int count = epoll_pwait2(m_epoll, events.data(), static_cast<int>(events.size()), &wait, nullptr);
  for (int i = 0; i < count; ++i) {
    const epoll_event &event = events[static_cast<std::size_t>(i)];
    static_cast<Readiness *>(event.data.ptr)->ready(event.events);
  }
  flushAll();
}

void PollSet::flushAll() {
  for (std::size_t i = 0; i < m_dirty.size(); ++i) m_dirty[i]->flush();
  m_dirty.clear();
}

}  // namespace gx::bench
