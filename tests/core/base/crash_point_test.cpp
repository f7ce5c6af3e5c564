// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
#include "core/base/crash_point.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

namespace gx {
namespace {

// How a child ended that passed the point `name` three times under GX_CRASH_AT=`wanted`: a signal number, or -exit
// code.
int endOfChild(const char *wanted, const char *name) {
  const pid_t child = fork();
  if (child == 0) {
    setenv("GX_CRASH_AT", wanted, 1);
    for (int i = 0; i < 3; ++i) crashPoint(name);
    _exit(7);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFSIGNALED(status) ? WTERMSIG(status) : -WEXITSTATUS(status);
}

TEST(CrashPoint, KillsAtTheNamedPlaceOnly) {
  EXPECT_EQ(endOfChild("C4", "C4"), SIGKILL);
  EXPECT_EQ(endOfChild("C4", "C5"), -7);
  EXPECT_EQ(endOfChild("", "C4"), -7);
}

TEST(CrashPoint, CountsPassings) {
  EXPECT_EQ(endOfChild("C4:3", "C4"), SIGKILL);
  EXPECT_EQ(endOfChild("C4:4", "C4"), -7);
}

}  // namespace
}  // namespace gx
