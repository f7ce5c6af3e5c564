// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Program, temporaryFolder } from "./program.mjs";

const password = "correct horse battery";

// Somebody who uses gx-cli: each command is a process of its own.
export class Cli {
  #folder = temporaryFolder();

  constructor(relayUrl, account) {
    this.relayUrl = relayUrl;
    this.account = account;
    this.loginFile = join(this.#folder, "login.json");
    writeFileSync(this.loginFile, JSON.stringify({ account, password }), { mode: 0o600 });
  }

  start(...words) {
    const fixed = ["--profile", join(this.#folder, "profile"), "--relay", this.relayUrl, "--json"];
    return new Program("gx-cli", [...fixed, ...words], { DBUS_SESSION_BUS_ADDRESS: "unix:path=/nonexistent" });
  }

  // Its JSON lines, once it has ended well.
  async run(...words) {
    const program = this.start(...words);
    program.closeInput();
    assert.equal(await program.ended(), 0, `gx-cli ${words[0]}: ${program.errorOutput}\n${program.lines.join("\n")}`);
    return program.lines.map((line) => JSON.parse(line));
  }
  async event(type, ...words) {
    const found = (await this.run(...words)).filter((event) => event.type === type);
    assert.ok(found.length > 0, `gx-cli ${words[0]} says no "${type}"`);
    return found.at(-1);
  }

  register() { return this.event("signed_in", "register", "--login-file", this.loginFile); }
  async history(who) { return (await this.run("history", who, "--limit", "1000")).filter(({ type }) => type === "history"); }

  // `listen`, once it is online, with its events as objects.
  async listen() {
    const program = this.start("listen");
    const event = async (matches) => JSON.parse(await program.waitForLine((line) => matches(JSON.parse(line))));
    await event(({ type, state }) => type === "connection" && state === "online");
    return { event, command: (command) => program.write(`${JSON.stringify(command)}\n`), stop: () => program.stop() };
  }
}
