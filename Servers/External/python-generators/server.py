"""One thread, epoll, a generator for each client: the code of a blocking server, which yields wherever it would block."""

import selectors
import socket
import sys

RECEIVE_BYTES = 64 * 1024
READ, WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE


def serve(client):
    try:
        while True:
            yield client, READ
            received = client.recv(RECEIVE_BYTES)
            if not received:
                return
            yield from send_all(client, received)
    except OSError:
        pass  # The client has gone.


def send_all(client, data):
    while data:
        try:
            data = data[client.send(data) :]
        except BlockingIOError:
            yield client, WRITE


def accept_all(listener, loop):
    while True:
        yield listener, READ
        try:
            client, _ = listener.accept()
        except OSError:
            continue  # Gone while it stood in the queue, or there is no descriptor left.
        client.setblocking(False)
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        loop.start(serve(client))


class Loop:
    """Goes on with each generator when what it yielded has come true."""

    def __init__(self):
        self.selector = selectors.DefaultSelector()

    def start(self, task):
        self.selector.register(*next(task), task)

    def advance(self, key):
        task = key.data
        try:
            connection, events = next(task)
        except StopIteration:
            self.selector.unregister(key.fileobj)
            key.fileobj.close()
        else:
            if events != key.events:
                self.selector.modify(connection, events, task)

    def run(self):
        while True:
            for key, _ in self.selector.select():
                self.advance(key)


def main(address, port, backlog):
    listener = socket.create_server((address, int(port)), backlog=int(backlog))
    listener.setblocking(False)
    loop = Loop()
    loop.start(accept_all(listener, loop))
    print("listening")
    loop.run()


main(*sys.argv[1:])
