#!/usr/bin/env python3
"""Sends a running node everything that it must refuse, and checks each answer, its life and everybody's balance.

    malformed.py --assayd PATH --assay PATH      prints each finding, then `N passed, N failed`
"""
import argparse
import json
import re
import sys

import malformed_calldata
import malformed_messages
import malformed_params
import malformed_transactions
from abi import Contract, published
from devnet import Devnet
from ethereum import Wallet
from rpc import Http, WebSocket, exchange
SUBSCRIPTIONS = 100  # of one connection


class Suite:
    def __init__(self, node, modules):
        self.node, self.modules = node, modules
        self.http, self.socket = Http(node.port), WebSocket(node.port)
        self.alice, self.bob = Wallet(0), Wallet(1)
        self.accounts = [Wallet(index).hex for index in range(10)]
        self.passed, self.failed = 0, []

    def check(self, name, good, got):
        if good:
            self.passed += 1
        else:
            self.failed.append(f"{name}: got {str(got)[:300]}")
        if self.node.process.poll() not in (None, 0):
            sys.exit(f"the node died after {name}\n{self.node.tail()}")

    def refused(self, name, reply, code, text):
        """The reply is one error object with this code, whose message says this."""
        reply = json.loads(reply) if isinstance(reply, bytes) else reply
        error = reply.get("error", {}) if isinstance(reply, dict) else {}
        good = error.get("code") == code and re.search(text, error.get("message", ""), re.S) and "result" not in reply
        self.check(name, good, f"{reply}, expected {code} {text!r}")

    def call(self, method, params):
        return json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).encode()

    def transactions(self):
        nonce = int(self.http.call("eth_getTransactionCount", self.alice.hex, "pending"), 16)
        for name, raw, text in malformed_transactions.cases(self.alice, self.bob, nonce):
            body = self.call("eth_sendRawTransaction", ["0x" + raw.hex()])
            reply = self.http.post(body)[1]
            code = 3 if b"execution reverted" in reply else -32000
            self.refused(f"transaction: {name}", reply, code, text)

    def parameters(self):
        for name, method, params, code, text in malformed_params.cases():
            self.refused(f"HTTP: {name}", self.http.post(self.call(method, params))[1], code, text)
        for name, method, params, code, text in malformed_params.cases():
            if method != "eth_subscribe":
                self.refused(f"WebSocket: {name}", self.socket.text(self.call(method, params)), code, text)
        for name, method, params, code, text in malformed_params.subscriptions():
            self.refused(f"WebSocket: {name}", self.socket.text(self.call(method, params)), code, text)
        self.too_many_subscriptions()

    def too_many_subscriptions(self):
        crowd = WebSocket(self.node.port)
        for _ in range(SUBSCRIPTIONS):
            crowd.text(self.call("eth_subscribe", ["newPendingTransactions"]))
        reply = crowd.text(self.call("eth_subscribe", ["newPendingTransactions"]))
        self.refused("WebSocket: one subscription too many", reply, -32005, f"at most {SUBSCRIPTIONS} subscriptions")
        crowd.close()

    def messages(self):
        for name, body, code, text in malformed_messages.bodies():
            self.refused(f"HTTP body: {name}", self.http.post(body)[1], code, text)
            if is_utf8(body):
                self.refused(f"WebSocket message: {name}", self.socket.text(body), code, text)
        batch = b"[1," + malformed_messages.CALL + b",{}," + self.call("no_such", []) + b"]"
        replies = json.loads(self.http.post(batch)[1])
        kinds = sorted(reply.get("error", {}).get("code", 0) for reply in replies)
        self.check("one good call among bad ones", kinds == [-32601, -32600, -32600, 0], replies)

    def requests(self):
        for name, data, statuses in malformed_messages.requests():
            reply = exchange(self.node.port, data)
            status = int(reply.split(b" ")[1]) if reply.startswith(b"HTTP/1.") else 0
            self.check(f"request: {name}", status in statuses, f"{status} {reply[:200]}, expected {statuses}")

    def frames(self):
        for name, frame in malformed_messages.frames():
            socket = WebSocket(self.node.port)
            try:
                socket.frame(**frame)
                got = socket.receive()
            except (BrokenPipeError, ConnectionResetError):
                got = (WebSocket.CLOSE, b"")
            self.check(f"frame: {name}", got[0] == WebSocket.CLOSE, got)
            socket.close()

    def calldata(self):
        nonce = int(self.http.call("eth_getTransactionCount", self.alice.hex, "pending"), 16)
        for name, to, data, value, text, message in malformed_calldata.cases(self.modules):
            request = {"from": self.alice.hex, "to": to, "data": "0x" + data.hex(), "value": hex(value)}
            self.refused(f"call: {name}", self.http.post(self.call("eth_call", [request]))[1], 3, f"execution reverted: .*({text})")
            if message:
                raw = self.alice.transaction(nonce=nonce, to=bytes.fromhex(to[2:]), data=data, value=value, gas=1_000_000)
                self.refused(f"transaction: {name}", self.http.post(self.call("eth_sendRawTransaction", ["0x" + raw.hex()]))[1], 3,
                             f"execution reverted: .*({text})")

    def everything(self):
        """What nobody may have moved: balances, nonces, supply and waiting transactions."""
        supply = Contract(self.modules, "bank").view(self.http, "getSupply").hex()
        return [[self.http.call(method, account, "latest") for account in self.accounts for method in ("eth_getBalance", "eth_getTransactionCount")],
                supply, self.http.call("txpool_status")]

    def run(self):
        self.http.receipt(self.http.send(self.alice.transaction(to=self.bob.address, value=1)))
        before = self.everything()
        for group in (self.transactions, self.parameters, self.messages, self.requests, self.frames, self.calldata):
            group()
            self.check(f"nothing moved by {group.__name__}", self.everything() == before, self.everything())
        self.http.receipt(self.http.send(self.alice.transaction(nonce=1, to=self.bob.address, value=1)))


def is_utf8(body):
    try:
        body.decode()
        return True
    except UnicodeDecodeError:
        return False


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--assayd", required=True)
    parser.add_argument("--assay", required=True)
    given = parser.parse_args()
    with Devnet(given.assayd) as node:
        suite = Suite(node, published(given.assay))
        suite.run()
        code = node.stop()
        suite.check("the node stops in order", code == 0, code)
        suite.check("what it stored is whole", "verified" in node.offline("verify"), "verify")
    print("\n".join(suite.failed))
    print(f"{suite.passed} passed, {len(suite.failed)} failed")
    return 1 if suite.failed else 0


if __name__ == "__main__":
    sys.exit(main())
