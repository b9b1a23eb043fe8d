"""A process for each client, made by fork: it has the connection open already, and shares all memory that nobody writes to."""

import ctypes
import gc
import os
import signal
import socket
import sys

RECEIVE_BYTES = 64 * 1024
PR_SET_PDEATHSIG = 1  # linux/prctl.h


def serve(connection):
    # Whoever kills the parent alone ends the children too.
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    try:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while received := connection.recv(RECEIVE_BYTES):
            connection.sendall(received)
    except OSError:
        pass  # The client has gone.


def main(address, port, backlog):
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # The kernel buries the children, see waitpid(2).
    gc.freeze()  # A collection in a child would write to, and so copy, every page it shares.
    with socket.create_server((address, int(port)), backlog=int(backlog)) as listener:
        print("listening")
        while True:
            connection, _ = listener.accept()
            if os.fork() == 0:
                listener.close()
                serve(connection)
                os._exit(0)
            connection.close()


main(*sys.argv[1:])
