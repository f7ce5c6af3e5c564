// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
// Under ThreadSanitizer alone: QProcess starts children by clone(), and the sanitizer's own ends them with a failed
// check. A child that is a program of its own right away needs nothing of the sanitizer.
#include <dlfcn.h>

#include <cstdarg>
#include <cstdlib>

extern "C" int clone(int (*function)(void *), void *stack, int flags, void *argument, ...) {
  using Clone = int (*)(int (*)(void *), void *, int, void *, ...);
  static const auto kReal = reinterpret_cast<Clone>(dlsym(RTLD_NEXT, "clone"));
  if (!kReal) std::abort();
  va_list more;
  va_start(more, argument);
  void *parentId = va_arg(more, void *);
  void *tls = va_arg(more, void *);
  void *childId = va_arg(more, void *);
  va_end(more);
  return kReal(function, stack, flags, argument, parentId, tls, childId);
}
