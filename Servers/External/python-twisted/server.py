"""One thread, Twisted's reactor, a protocol object for each client."""

import sys

from twisted.internet import interfaces, protocol, reactor
from zope.interface import implementer


@implementer(interfaces.IHalfCloseableProtocol)
class Echo(protocol.Protocol):
    def connectionMade(self):
        self.transport.setTcpNoDelay(True)
        # What a client does not read stays in the transport; while it does, the transport is told not to receive.
        self.transport.registerProducer(self.transport, True)

    def dataReceived(self, data):
        self.transport.write(data)

    def readConnectionLost(self):
        self.transport.unregisterProducer()
        self.transport.loseConnection()  # After the last reply.

    def writeConnectionLost(self):
        pass


def main(address, port, backlog):
    reactor.listenTCP(int(port), protocol.Factory.forProtocol(Echo), backlog=int(backlog), interface=address)
    print("listening")
    reactor.run()


main(*sys.argv[1:])
