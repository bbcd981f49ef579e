#!/usr/bin/env python3
"""Holds many connections open in the middle of something: each must be ended in time, and nobody else may wait.

    slow_clients.py --assayd PATH      prints each finding, then `N passed, N failed`
"""
import argparse
import json
import select
import socket
import sys
import time

from devnet import Devnet
from rpc import Http

READ_TIMEOUT_S = 30       # of one request, the node's default
SLACK_S = 10
BUSY_S = 30
EACH = 50                 # connections of every kind
PATIENCE_S = 5            # that an ordinary client may need for one call meanwhile
HEAD = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
BATCH = json.dumps([{"jsonrpc": "2.0", "id": 1, "method": "rpc.discover"}] * 300).encode()
KINDS = {
    "half a request line": b"POST / HT",
    "half a header": HEAD,
    "half a body": HEAD + b"Content-Length: 100\r\n\r\n{",
    "half a chunk": HEAD + b"Transfer-Encoding: chunked\r\n\r\n50\r\n{",
    "half an upgrade": b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n",
    "an expectation without a body": HEAD + b"Content-Length: 100\r\nExpect: 100-continue\r\n\r\n",
    "a reply that nobody reads": HEAD + b"Content-Length: %d\r\n\r\n" % len(BATCH) + BATCH,
    "a byte a second": b"G",
}


def opened(port, first):
    peer = socket.socket()
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)  # so that an unread reply fills the way
    peer.connect(("127.0.0.1", port))
    peer.sendall(first)
    return peer


def ended(peer):
    """Whether the node has closed it; what it said before is dropped."""
    try:
        while select.select([peer], [], [], 0)[0]:
            if not peer.recv(65536):
                return True
    except ConnectionResetError:
        return True
    return False


def dribble(peers):
    for peer in peers:
        try:
            peer.sendall(b"x")
        except (BrokenPipeError, ConnectionResetError):
            pass


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--assayd", required=True)
    given = parser.parse_args()
    passed, failed, slowest = 0, [], 0.0
    with Devnet(given.assayd) as node:
        held = {name: [opened(node.port, first) for _ in range(EACH)] for name, first in KINDS.items()}
        client = Http(node.port)
        began = time.monotonic()
        until = began + READ_TIMEOUT_S + SLACK_S
        while time.monotonic() < until:
            begun = time.monotonic()
            client.call("eth_chainId")
            slowest = max(slowest, time.monotonic() - begun)
            dribble(held["a byte a second"])
            time.sleep(1)
        for name, peers in held.items():
            left = [peer for peer in peers if not ended(peer)]
            while left and time.monotonic() < until + BUSY_S:   # a busy machine began late with some
                time.sleep(0.2)
                left = [peer for peer in left if not ended(peer)]
            if left:
                failed.append(f"{name}: {len(left)} of {EACH} connections are still open after {time.monotonic() - began:.0f} s")
            else:
                passed += 1
        if slowest > PATIENCE_S:
            failed.append(f"an ordinary call took {slowest:.1f} s")
        code = node.stop()
        if code != 0:
            failed.append(f"the node ended with {code}")
    print("\n".join(failed))
    print(f"{passed} passed, {len(failed)} failed; slowest ordinary call {slowest * 1000:.0f} ms")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
