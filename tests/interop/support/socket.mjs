// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
// What the tests ask of the official client.
import { once } from "node:events";
import { io } from "socket.io-client";

// By name, the options that make the official client use one way alone, or both.
export const transports = {
  polling: { transports: ["polling"] },
  websocket: { transports: ["websocket"] },
  upgrade: { transports: ["polling", "websocket"] },
};

// The next event's arguments. Ask for it before what makes it happen.
export function next(emitter, event, seconds = 15) {
  return once(emitter, event, { signal: AbortSignal.timeout(seconds * 1000) });
}

// A socket that does not connect by itself, with a connection of its own.
export function socketTo(url, options) {
  return io(url, { forceNew: true, reconnection: false, autoConnect: false, ...options });
}

// Connected, and for both transports: upgraded.
export async function connect(socket) {
  await new Promise((resolve, reject) => {
    socket.once("connect", () => { socket.off("connect_error", reject); resolve(); });
    socket.once("connect_error", reject);
    socket.connect();
  });
  const { engine, opts } = socket.io;
  if (engine.transport.name === "polling" && opts.transports.includes("websocket")) await next(engine, "upgrade");
  return socket;
}

// The error that a CONNECT is refused with.
export async function refusal(socket) {
  const refused = next(socket, "connect_error");
  socket.connect();
  const [error] = await refused;
  return error;
}
