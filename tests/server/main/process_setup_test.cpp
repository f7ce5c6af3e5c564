// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "server/main/process_setup.h"

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>

#include "tests/support/await.h"

namespace gx::server {

TEST(ProcessSetup, RaisesDescriptorsAndKeepsFilesPrivate) {
  setUpProcess();

  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  EXPECT_EQ(limit.rlim_cur, limit.rlim_max);
  const mode_t mask = umask(0077);
  EXPECT_EQ(mask, 0077U);
}

TEST(ProcessSetup, HearsSignalsInTheEventLoop) {
  setUpProcess();
  int calls = 0;
  const TerminationSignals signals([&] { ++calls; });

  ::kill(getpid(), SIGTERM);

  EXPECT_TRUE(test::waitUntil([&] { return calls == 1; }));
  ::kill(getpid(), SIGINT);
  EXPECT_TRUE(test::waitUntil([&] { return calls == 2; }));
}

}  // namespace gx::server
