'use strict';
// Every event is a callback on libuv's loop. What a client does not read is kept by the stream, and while it is kept, nothing more is
// received from that client: pause() until 'drain'.
const net = require('node:net');

const [address, port, backlog] = process.argv.slice(2);
const connections = new Set();

const server = net.createServer({ allowHalfOpen: true, noDelay: true }, connection => {
  connections.add(connection);
  connection.on('data', bytes => {
    if (!connection.write(bytes)) connection.pause();
  });
  connection.on('drain', () => connection.resume());
  connection.on('end', () => connection.end());
  connection.on('error', () => connection.destroy());
  connection.on('close', () => connections.delete(connection));
});

server.listen({ host: address, port: Number(port), backlog: Number(backlog) }, () => console.log('listening'));

process.on('SIGTERM', () => {
  server.close();
  for (const connection of connections) connection.destroy();
});
