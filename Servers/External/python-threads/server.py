"""A thread for each client. The code is that of the blocking server; the kernel switches between the clients."""

import socket
import sys
import threading

RECEIVE_BYTES = 64 * 1024
STACK_BYTES = 256 * 1024  # The default of 8 MiB would only be reserved, but ten thousand of them are 80 GB of addresses.


def serve(connection):
    with connection:
        try:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while received := connection.recv(RECEIVE_BYTES):
                connection.sendall(received)
        except OSError:
            pass  # The client has gone.


def main(address, port, backlog):
    threading.stack_size(STACK_BYTES)
    with socket.create_server((address, int(port)), backlog=int(backlog)) as listener:
        print("listening")
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=serve, args=(connection,), daemon=True).start()


main(*sys.argv[1:])
