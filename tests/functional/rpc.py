"""Owns the test's own JSON-RPC clients: HTTP/1.1 and WebSocket, able to send what no library would."""
import base64
import http.client
import json
import os
import socket
import struct
import time

TIMEOUT_SECONDS = 60


class Refused(Exception):
    """A JSON-RPC error object."""

    def __init__(self, error):
        super().__init__(f"{error.get('code')}: {error.get('message')}")
        self.code, self.message, self.data = error.get("code"), error.get("message"), error.get("data")


class Http:
    """One keep-alive connection."""

    def __init__(self, port):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_SECONDS)

    def call(self, method, *params):
        reply = json.loads(self.post(json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}))[1])
        if "error" in reply:
            raise Refused(reply["error"])
        return reply["result"]

    def post(self, body, headers=None):
        """Status and body of what is answered to these bytes."""
        body = body.encode() if isinstance(body, str) else body
        self.connection.request("POST", "/", body, {"Content-Type": "application/json", **(headers or {})})
        reply = self.connection.getresponse()
        return reply.status, reply.read()

    def send(self, raw):
        return self.call("eth_sendRawTransaction", "0x" + raw.hex())

    def receipt(self, tx_hash, seconds=30):
        """Waits until the transaction is in a block."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = self.call("eth_getTransactionReceipt", tx_hash)
            if found:
                return found
            time.sleep(0.01)
        raise TimeoutError(f"no receipt of {tx_hash} in {seconds} s")

    def close(self):
        self.connection.close()


def exchange(port, data, seconds=TIMEOUT_SECONDS):
    """Sends bytes over a fresh connection, ends sending, and returns all that comes back."""
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as peer:
        out = b""
        try:
            peer.sendall(data)
            peer.shutdown(socket.SHUT_WR)
            while part := peer.recv(65536):
                out += part
        except (ConnectionResetError, BrokenPipeError):
            pass
        return out


class WebSocket:
    """RFC 6455, client side."""

    TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10

    def __init__(self, port):
        self.peer = socket.create_connection(("127.0.0.1", port), timeout=TIMEOUT_SECONDS)
        key = base64.b64encode(os.urandom(16)).decode()
        self.peer.sendall((f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                           f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n").encode())
        self.stream = self.peer.makefile("rb")
        status = self.stream.readline()
        if b"101" not in status:
            raise ConnectionError(status.decode(errors="replace"))
        while self.stream.readline() not in (b"\r\n", b""):
            pass

    def frame(self, payload, opcode=TEXT, final=True, masked=True, reserved=0):
        head = bytes([(0x80 if final else 0) | reserved << 4 | opcode])
        flag, size = 0x80 if masked else 0, len(payload)
        if size < 126:
            head += bytes([flag | size])
        elif size < 65536:
            head += bytes([flag | 126]) + struct.pack(">H", size)
        else:
            head += bytes([flag | 127]) + struct.pack(">Q", size)
        mask = b"\x00" * 4 if masked else b""  # an all-zero mask is a legal one
        self.peer.sendall(head + mask + payload)

    def receive(self):
        """(opcode, payload) of the next message; (CLOSE, b"") when the peer is gone."""
        first, out = self._frame()
        opcode = first & 15
        while not first & 0x80:
            first, part = self._frame()
            out += part
        return opcode, out

    def _frame(self):
        """The first byte and the payload of the next frame."""
        try:
            head = self.stream.read(2)
            if len(head) < 2:
                return 0x80 | self.CLOSE, b""
            size = head[1] & 0x7F
            if size == 126:
                size = struct.unpack(">H", self.stream.read(2))[0]
            elif size == 127:
                size = struct.unpack(">Q", self.stream.read(8))[0]
            return head[0], self.stream.read(size)
        except ConnectionResetError:
            return 0x80 | self.CLOSE, b""

    def text(self, body):
        """Sends a text message and returns the parsed reply to it."""
        self.frame(body if isinstance(body, bytes) else body.encode())
        return json.loads(self.receive()[1])

    def close(self):
        self.stream.close()
        self.peer.close()
