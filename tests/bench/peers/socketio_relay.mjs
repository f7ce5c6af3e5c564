// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
// The same events as `conformance_server --relay`, on the official socket.io server; and two REST routes on plain
// node:http.
import { createServer } from "node:http";
import { Server } from "socket.io";
import { serve, socketOptions } from "./program.mjs";

function answerJson(response, value) {
  const body = JSON.stringify(value);
  response.writeHead(200, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) });
  response.end(body);
}

const http = createServer((request, response) => {
  if (request.method === "GET") return answerJson(response, { ok: true, count: 17 });
  const pieces = [];
  request.on("data", (piece) => pieces.push(piece));
  request.on("end", () => {
    const { to, number } = JSON.parse(Buffer.concat(pieces).toString());
    answerJson(response, { to, number });
  });
});

const io = new Server(http, socketOptions);
const sockets = new Map();

io.on("connection", (socket) => {
  const { user, room } = socket.handshake.auth;
  if (user) sockets.set(user, socket);
  if (room) socket.join(room);
  socket.on("relay", (message, ack) => {
    sockets.get(message.to)?.emit("relay", message);
    ack?.();
  });
  socket.on("group", (message, ack) => {
    socket.to(message.room).emit("group", message);
    ack?.();
  });
  socket.on("message", (message, ack) => ack?.());
  socket.on("disconnect", () => {
    if (user && sockets.get(user) === socket) sockets.delete(user);
  });
});

serve(http);
