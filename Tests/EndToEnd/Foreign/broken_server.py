"""Servers that go wrong, each in one way. Started with the way, the port, and for `another-port` nothing more."""

import os
import signal
import socket
import sys
import threading
import time


def echo(connection, change=lambda received: received):
    with connection:
        try:
            while received := connection.recv(65536):
                connection.sendall(change(received))
        except OSError:
            pass


def serve(port, handle=echo):
    listener = socket.create_server(("127.0.0.1", port), backlog=1000)
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=handle, args=(connection,), daemon=True).start()


def never_ready(port):
    time.sleep(1000)


def wrong_bytes(port):
    serve(port, lambda connection: echo(connection, lambda received: received[:-1] + b"?"))


def dies(port):
    received = [0]

    def die_in_the_end(data):
        received[0] += 1
        if received[0] > 200:
            os._exit(42)
        return data

    serve(port, lambda connection: echo(connection, die_in_the_end))


def dies_at_once(port):
    sys.exit("it is not my day")


def ignores_sigterm(port):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    serve(port)


def floods_stderr(port):
    def flood():
        while True:
            os.write(2, b"x" * 4095 + b"\n")

    threading.Thread(target=flood, daemon=True).start()
    serve(port)


def announces_nobody(_):
    print("READY 127.0.0.1:1", flush=True)
    time.sleep(1000)


def another_port(port):
    serve(0)


# A daemon as in the books: of no tree, no group and no session of the one that started it, which has ended.
def detaches(port):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            serve(port)
        os._exit(0)
    time.sleep(1000)


globals()[sys.argv[1].replace("-", "_")](int(sys.argv[2]))
