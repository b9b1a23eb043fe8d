"""Accepts a client, serves it until it leaves, then accepts the next."""

import socket
import sys

RECEIVE_BYTES = 64 * 1024


def serve(connection):
    while received := connection.recv(RECEIVE_BYTES):
        connection.sendall(received)


def main(address, port, backlog):
    with socket.create_server((address, int(port)), backlog=int(backlog)) as listener:
        print("listening")
        while True:
            connection, _ = listener.accept()
            with connection:
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                try:
                    serve(connection)
                except OSError:
                    pass  # The client has gone; the next one is waiting.


main(*sys.argv[1:])
