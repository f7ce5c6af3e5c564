# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The GX authors
"""The programs a measurement needs: our servers, their Node peers, Postgres, the load generator."""

import contextlib
import json
import os
import pwd
import re
import shutil
import signal
import subprocess
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
BIN = os.path.join(ROOT, "build", "release", "bin")
WORK = os.path.join(ROOT, "build", "bench")
PEERS = os.path.join(ROOT, "tests", "bench", "peers")
READY_SECONDS = 60
SERVER_CORE, GENERATOR_CORE = "0", "1"

# The limits stay on; a closed loop on one machine is simply faster than a person types.
LOAD_SETTINGS = {"GX_RATE_SCALE": "100000"}


class Failed(Exception):
    """A program did not do what it should; the words are for people."""


def pinned(core, command):
    return ["taskset", "-c", core, *command] if core is not None and (os.cpu_count() or 1) > 1 else command


class Server:
    """A started program that said `ready`; `pids` are the processes whose time and memory count."""

    def __init__(self, command, core=None, environment=None):
        self.log = open(os.path.join(WORK, "server.log"), "ab")
        self.process = subprocess.Popen(
            pinned(core, command), stdout=subprocess.PIPE, stderr=self.log, env={**os.environ, **(environment or {})}
        )
        self.pids = [self.process.pid]
        line = self.process.stdout.readline().decode()
        found = re.search(r"(?:port=|api=\S+:)(\d+)", line)
        if not line.startswith("ready") or not found:
            self.stop()
            raise Failed(f"{os.path.basename(command[0])} did not start, see build/bench/server.log")
        self.port = int(found[1])

    def stop(self, by=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(by)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.log.close()


@contextlib.contextmanager
def running(server):
    try:
        yield server
    finally:
        server.stop()


def tool(name):
    return os.path.join(BIN, "tests", name)


def conformance(core=SERVER_CORE):
    return Server([tool("conformance_server"), "--relay", "--port", "0"], core)


def node(script, *options, core=SERVER_CORE):
    return Server(["node", os.path.join(PEERS, script), "--port", "0", *options], core)


class Accounts:
    """A relay's data folder with `count` accounts, and the list of their tokens."""

    def __init__(self, name, count, star=0):
        self.folder = os.path.join(WORK, name)
        self.people = self.folder + ".people"
        shutil.rmtree(self.folder, ignore_errors=True)
        command = [tool("bench_accounts"), "--data", self.folder, "--count", str(count), "--people", self.people]
        command += ["--star", str(star)]
        made = subprocess.run(command, capture_output=True, text=True)
        if made.returncode:
            raise Failed(made.stderr.strip())

    def relay(self, core=None, port=0, settings=None):
        command = [os.path.join(BIN, "gx-relay"), "serve", "--data", self.folder]
        command += ["--listen", f"127.0.0.1:{port}", "--ops-listen", "127.0.0.1:0"]
        return Server(command, core, {**LOAD_SETTINGS, **(settings or {})})

    def forget(self):
        shutil.rmtree(self.folder, ignore_errors=True)


class Postgres:
    """A database server of our own in build/bench, reached by a unix socket, with durable commits."""

    SETTINGS = {
        "listen_addresses": "", "shared_buffers": "256MB", "max_wal_size": "4GB", "fsync": "on",
        "synchronous_commit": "on", "max_connections": "50",
    }  # fmt: skip

    def __init__(self):
        self.folder = os.path.join(WORK, "postgres")
        self.bin = self._programs()
        self.as_user = []
        if os.getuid() == 0:  # Postgres refuses root
            self.as_user = ["runuser", "-u", "postgres", "--"]
        if not os.path.exists(os.path.join(self.folder, "PG_VERSION")):
            os.makedirs(self.folder, exist_ok=True)
            if self.as_user:
                owner = pwd.getpwnam("postgres")
                os.chown(self.folder, owner.pw_uid, owner.pw_gid)
            self._do("initdb", "-A", "trust", "-U", "bench", "-D", self.folder)
        self.log = open(os.path.join(WORK, "postgres.log"), "ab")
        settings = [word for name, value in self.SETTINGS.items() for word in ("-c", f"{name}={value}")]
        command = [*self.as_user, os.path.join(self.bin, "postgres"), "-D", self.folder, "-k", self.folder, *settings]
        self.process = subprocess.Popen(command, stdout=self.log, stderr=self.log)
        self.url = f"postgres://bench@localhost/postgres?host={self.folder}"
        self._wait()
        with open(os.path.join(self.folder, "postmaster.pid"), encoding="ascii") as file:
            self.pid = int(file.readline())

    @staticmethod
    def _programs():
        versions = sorted(os.listdir("/usr/lib/postgresql")) if os.path.isdir("/usr/lib/postgresql") else []
        if not versions:
            raise Failed("Postgres is not installed (Debian package postgresql)")
        return os.path.join("/usr/lib/postgresql", versions[-1], "bin")

    def _do(self, program, *arguments):
        done = subprocess.run([*self.as_user, os.path.join(self.bin, program), *arguments], capture_output=True, text=True)
        if done.returncode:
            raise Failed(f"{program}: {done.stderr.strip()}")

    def _wait(self):
        end = time.monotonic() + READY_SECONDS
        while time.monotonic() < end:
            if subprocess.run([os.path.join(self.bin, "pg_isready"), "-q", "-h", self.folder]).returncode == 0:
                return
            time.sleep(0.2)
        raise Failed("Postgres did not start, see build/bench/postgres.log")

    def stop(self):
        os.kill(self.pid, signal.SIGINT)
        self.process.wait()
        self.log.close()


def generator_command(scenario, server, options, core):
    words = [word for name, value in options.items() for word in ("--" + name, str(value))]
    pids = ",".join(str(pid) for pid in server.pids)
    return pinned(core, [tool("load_generator"), scenario, "--port", str(server.port), "--pids", pids, *words])


def load(scenario, server, options, core=None):
    """What the generator measured, as a dict. Failed when a message was lost or it could not work."""
    done = subprocess.run(generator_command(scenario, server, options, core), capture_output=True, text=True)
    return figures_of(scenario, done.returncode, done.stdout, done.stderr)


def figures_of(scenario, code, output, errors):
    lines = output.strip().splitlines()
    if code or not lines:
        raise Failed(f"{scenario}: {errors.strip() or (lines[-1] if lines else 'no figures')}")
    return json.loads(lines[-1])
