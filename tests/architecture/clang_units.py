# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The GX authors
"""What the analyses with clang share: flags from compile_commands.json, and a memory of what passed.

The memory is a folder of empty files named by a hash: of a file, of all headers of ours that it sees, of its flags, and of the
tool. What did not change is not analysed twice.
"""

import concurrent.futures
import hashlib
import json
import os
import re
import shlex
import time

import cpp_source as cpp

_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*["<]([^">]+)[">]', re.MULTILINE)
_KEPT = ("-D", "-I", "-std", "-W", "-f")


def flags_of(command):
    """The flags of a compiler command that decide what its input means."""
    flags = []
    for word in shlex.split(command)[1:]:
        if word.startswith(_KEPT) or word == "-isystem" or (flags and flags[-1] == "-isystem"):
            flags.append(word)
    return [flag for flag in flags if flag != "-Werror"]


def all_flags(by_file):
    """The flags of all files together, each once, in order; `-isystem X` stays a pair."""
    result = []
    for flags in by_file.values():
        pairs = iter(flags)
        for flag in pairs:
            group = [flag, next(pairs)] if flag == "-isystem" else [flag]
            if not any(result[i : i + len(group)] == group for i in range(len(result))):
                result += group
    return result


def flags_by_file(build, root):
    """{path: flags} for production .cpp files."""
    with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as file:
        commands = json.load(file)
    result = {}
    for command in commands:
        path = os.path.relpath(command["file"], root)
        if cpp.is_production(path):
            result[path] = flags_of(command["command"])
    return result


class Fingerprints:
    """Hash of a file with all headers of ours that it includes, directly or not."""

    def __init__(self, root):
        self.root = root
        self.known = {}

    def _seen(self, path):
        if path not in self.known:
            self.known[path] = ("", [])
            if os.path.isfile(os.path.join(self.root, path)):
                text = cpp.read(self.root, path)
                self.known[path] = (hashlib.sha256(text.encode()).hexdigest(), _INCLUDE.findall(text))
        return self.known[path]

    def closure(self, path):
        """The file and all it includes, directly or through headers of ours: paths of ours and names of foreign headers."""
        waiting, done = [path], set()
        while waiting:
            current = waiting.pop()
            if current not in done:
                done.add(current)
                waiting += self._seen(current)[1]
        return done

    def of(self, path, salt):
        whole = salt + "".join(f"{p}={self._seen(p)[0]};" for p in sorted(self.closure(path)))
        return hashlib.sha256(whole.encode()).hexdigest()


class Memory:
    """Which files passed, by their fingerprint; older fingerprints are dropped by forget()."""

    def __init__(self, folder):
        self.folder = folder
        os.makedirs(folder, exist_ok=True)

    def knows(self, key):
        return os.path.exists(os.path.join(self.folder, key))

    def remember(self, key):
        with open(os.path.join(self.folder, key), "w", encoding="utf-8"):
            pass

    def forget_all_but(self, keys):
        for name in os.listdir(self.folder):
            if name not in keys:
                os.remove(os.path.join(self.folder, name))


def run_all(name, root, flags, memory_folder, salt, make_units, analyse):
    """Analyses what is not remembered. make_units(paths) → lists of paths; analyse(paths) → findings as text, "" for none.
    Prints the findings and a closing line; the exit code."""
    memory = Memory(memory_folder)
    prints = Fingerprints(root)
    keys = {path: prints.of(path, salt + "\0".join(flags[path]).replace(root, "")) for path in flags}
    memory.forget_all_but(set(keys.values()))
    changed = [path for path in sorted(flags) if not memory.knows(keys[path])]
    units = make_units(changed)
    begun = time.monotonic()
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        running = {pool.submit(analyse, unit): unit for unit in units}
        for task in concurrent.futures.as_completed(running):
            findings = task.result()
            if findings:
                failed += 1
                print(findings.replace(root + "/", ""), flush=True)
                continue
            for path in running[task]:
                memory.remember(keys[path])
    seconds = time.monotonic() - begun
    print(f"{name}: {len(flags)} files, {len(changed)} analysed in {len(units)} units and {seconds:.0f} s, {failed} units with findings")
    return 1 if failed or not flags else 0
