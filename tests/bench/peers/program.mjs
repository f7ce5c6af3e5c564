// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The GX authors
// What the peers have in common: `--name value` options, one line "ready port=N", SIGTERM ends them.
export function option(name, fallback) {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : process.argv[at + 1];
}

export function serve(httpServer) {
  httpServer.listen(Number(option("port", "0")), "127.0.0.1", 4096, () => {
    console.log(`ready port=${httpServer.address().port}`);
  });
  process.on("SIGTERM", () => process.exit(0));
}

// As one would run it in production: web sockets only, no compression (the messages are ciphertext), the same times as
// gx-relay. `bufferutil` is used by ws when it is there.
export const socketOptions = {
  transports: ["websocket"],
  perMessageDeflate: false,
  httpCompression: false,
  serveClient: false,
  pingInterval: 25_000,
  pingTimeout: 20_000,
  maxHttpBufferSize: 1e6,
};
