"""One thread, epoll, a callback for each descriptor. What a client does not read stays here, and meanwhile it is not read from."""

import selectors
import socket
import sys

RECEIVE_BYTES = 64 * 1024
READ, WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE


class Connection:
    def __init__(self, selector, client):
        self.selector, self.client, self.unsent = selector, client, b""
        selector.register(client, READ, self.receive)

    def receive(self):
        try:
            self.answer(self.client.recv(RECEIVE_BYTES))
        except BlockingIOError:
            pass
        except OSError:
            self.close()

    def answer(self, received):
        if not received:
            return self.close()
        sent = self.try_send(received)
        if sent < len(received):
            self.unsent = received[sent:]
            self.selector.modify(self.client, WRITE, self.flush)

    def flush(self):
        try:
            self.unsent = self.unsent[self.try_send(self.unsent) :]
        except OSError:
            return self.close()
        if not self.unsent:
            self.selector.modify(self.client, READ, self.receive)

    def try_send(self, data):
        try:
            return self.client.send(data)
        except BlockingIOError:
            return 0

    def close(self):
        self.selector.unregister(self.client)
        self.client.close()


def main(address, port, backlog):
    selector = selectors.DefaultSelector()
    listener = socket.create_server((address, int(port)), backlog=int(backlog))
    listener.setblocking(False)

    def accept():
        try:
            client, _ = listener.accept()
        except OSError:
            return  # Gone while it stood in the queue, or there is no descriptor left.
        client.setblocking(False)
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        Connection(selector, client)

    selector.register(listener, READ, accept)
    print("listening")
    while True:
        for key, _ in selector.select():
            key.data()


main(*sys.argv[1:])
