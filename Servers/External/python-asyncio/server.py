"""One thread, asyncio's loop, a coroutine for each client."""

import asyncio
import sys

RECEIVE_BYTES = 64 * 1024


async def serve(reader, writer):
    try:
        while received := await reader.read(RECEIVE_BYTES):
            writer.write(received)
            await writer.drain()
    except OSError:
        pass  # The client has gone.
    finally:
        writer.close()


async def main(address, port, backlog):
    server = await asyncio.start_server(serve, address, int(port), backlog=int(backlog))
    print("listening")
    await server.serve_forever()


asyncio.run(main(*sys.argv[1:]))
