"""Owns varied traffic for a devnet: every envelope, single transactions and full blocks."""
import random

from abi import Contract
from ethereum import Wallet
from rpc import Http

GAS = 1_000_000
ROUNDS = 40
MANY = 10  # transfers that wait at once


class Traffic:
    def __init__(self, port, modules, seed):
        self.http, self.modules, self.random = Http(port), modules, random.Random(seed)
        self.wallets = [Wallet(index) for index in range(6)]
        self.nonces = {wallet.hex: int(self.http.call("eth_getTransactionCount", wallet.hex), 16) for wallet in self.wallets}
        self.sent, self.refused = 0, 0

    def send(self, wallet, **fields):
        """Puts a transaction into the pool; its hash."""
        raw = wallet.transaction(nonce=self.nonces[wallet.hex], **fields)
        tx_hash = self.http.send(raw)
        self.nonces[wallet.hex] += 1
        self.sent += 1
        return tx_hash

    def done(self, tx_hash):
        receipt = self.http.receipt(tx_hash)
        self.refused += receipt["status"] == "0x0"
        return receipt

    def run(self):
        for _ in range(ROUNDS):
            self.random.choice([self.plain, self.token, self.many])()
        return self.sent, self.refused

    def pair(self):
        return self.random.sample(self.wallets, 2)

    def plain(self):
        """Value by each kind of envelope, with and without access lists."""
        sender, receiver = self.pair()
        for kind in (0, 1, 2):
            access = [[receiver.address, [bytes([kind]) * 32]]] if kind else []
            self.done(self.send(sender, kind=kind, to=receiver.address, value=self.random.randrange(10**18), gas=50_000, access=access))

    def token(self):
        sender, receiver = self.pair()
        bank = Contract(self.modules, "bank")
        data = bank.calldata("transfer", receiver.address, self.random.randrange(1, 10**20))
        self.done(self.send(sender, to=bank.address, data=data, gas=GAS, tip=self.random.randrange(10**9)))

    def many(self):
        """One block, or a few, with many senders and tips."""
        sent = []
        for _ in range(MANY):
            sender, receiver = self.pair()
            sent.append(self.send(sender, to=receiver.address, value=1, tip=self.random.randrange(10**9)))
        for tx_hash in sent:
            self.done(tx_hash)
