// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
// Our programs as child processes of a test.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const running = new Set();
const folders = [];
process.on("exit", () => {
  running.forEach((child) => child.kill("SIGKILL"));
  folders.forEach((folder) => rmSync(folder, { recursive: true, force: true }));
});

// The path of a program of the build under test.
export function binary(name) {
  const folder = process.env.GX_BIN_DIR;
  if (!folder) throw new Error("GX_BIN_DIR must name the build's bin folder");
  const path = join(folder, name);
  if (!existsSync(path)) throw new Error(`${path} is not built`);
  return path;
}

// A new folder that goes when the test process ends.
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), "gx-interop-"));
  folders.push(folder);
  return folder;
}

export class Program {
  #child;
  #ended;
  #watchers = new Set();

  constructor(name, args, environment = {}) {
    this.name = name;
    this.lines = [];
    this.errorOutput = "";
    this.#child = spawn(binary(name), args, { env: { ...process.env, ...environment }, stdio: ["pipe", "pipe", "pipe"] });
    running.add(this.#child);
    this.#child.stdin.on("error", () => {}); // it may end before it has read all
    this.#child.stderr.on("data", (data) => { this.errorOutput += data; });
    createInterface({ input: this.#child.stdout }).on("line", (line) => this.#take(line));
    this.#ended = new Promise((resolve, reject) => {
      this.#child.on("error", reject);
      this.#child.on("close", (code, signal) => {
        running.delete(this.#child);
        resolve(code ?? signal);
        this.#watchers.forEach((watcher) => watcher(undefined));
      });
    });
  }

  write(text) { this.#child.stdin.write(text); }
  closeInput() { this.#child.stdin.end(); }

  // The first line, seen already or to come, for which `matches` holds. Fails when the program ends before.
  waitForLine(matches, seconds = 30) {
    const seen = this.lines.find(matches);
    if (seen !== undefined) return Promise.resolve(seen);
    return new Promise((resolve, reject) => {
      const finish = (settle, value) => {
        clearTimeout(timer);
        this.#watchers.delete(watcher);
        settle(value);
      };
      const complaint = (what) => new Error(`${this.name} ${what}; it said:\n${this.lines.join("\n")}\n${this.errorOutput}`);
      const watcher = (line) => {
        if (line === undefined) finish(reject, complaint("ended"));
        else if (matches(line)) finish(resolve, line);
      };
      const timer = setTimeout(() => finish(reject, complaint(`did not say it in ${seconds} s`)), seconds * 1000);
      this.#watchers.add(watcher);
    });
  }

  // Its exit code, or the name of the signal that ended it.
  ended() { return this.#ended; }
  stop() {
    this.#child.kill("SIGTERM");
    return this.#ended;
  }

  #take(line) {
    this.lines.push(line);
    [...this.#watchers].forEach((watcher) => watcher(line));
  }
}

// conformance_server on a free port, or on a given one.
export async function startConformanceServer(port = 0) {
  const program = new Program("tests/conformance_server", ["--port", `${port}`]);
  const ready = await program.waitForLine((line) => line.startsWith("ready port="));
  return { program, port: Number(ready.slice("ready port=".length)) };
}

// gx-relay as a demo, on free ports, with a new store.
export async function startRelay() {
  const args = ["serve", "--demo", "--data", temporaryFolder(), "--listen", "127.0.0.1:0", "--ops-listen", "127.0.0.1:0"];
  const program = new Program("gx-relay", args, { GX_RATE_SCALE: "1000" });
  const ready = await program.waitForLine((line) => line.startsWith("ready api="));
  return { program, url: `http://${/api=(\S+)/.exec(ready)[1]}`, operations: `http://${/ops=(\S+)/.exec(ready)[1]}` };
}
