// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
// The official socket.io server, for our client to talk to. Prints "ready open=PORT blocked=PORT"; the second one refuses
// every WebSocket, as some proxies do. Ends with its standard input.
import { createServer } from "node:http";
import { Server } from "socket.io";

function serve(httpServer) {
  const io = new Server(httpServer, { pingInterval: 400, pingTimeout: 400, maxHttpBufferSize: 1e6 });
  const greet = (socket) => {
    socket.emit("auth", socket.handshake.auth);
    socket.on("message", (...args) => socket.emit("message-back", ...args));
    socket.on("message-with-ack", (...args) => args.pop()(...args));
    socket.on("ask-me", async () => socket.emit("told", await socket.timeout(5000).emitWithAck("question", "why?", Buffer.from([0, 1, 255]))));
    socket.on("flood", (count) => { for (let i = 0; i < count; ++i) socket.emit("drop", i); });
    socket.on("throw-me-out", () => socket.disconnect());
    socket.on("cut", () => socket.conn.close());
    socket.on("never-ack", () => {});
    socket.on("transport", (ack) => ack(socket.conn.transport.name));
  };
  io.on("connection", greet);
  io.of("/custom").on("connection", greet);
  io.of("/refused").use((socket, next) => {
    const error = new Error("unauthorized");
    error.data = { code: "unauthorized", message: "expired", request_id: "r-1" };
    next(error);
  });
  return io;
}

const listening = (server) => new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server.address().port)));

const open = createServer();
serve(open);

const blocked = createServer();
serve(blocked);
blocked.removeAllListeners("upgrade");
blocked.on("upgrade", (request, socket) => socket.end("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));

console.log(`ready open=${await listening(open)} blocked=${await listening(blocked)}`);
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
