"""Owns varied traffic for a devnet: every envelope, single transactions and full blocks, orders and work."""
import random

from abi import Contract
from ethereum import Wallet
from rpc import Http
from trading import Market, order_in, submission_in

GAS = 1_000_000
ROUNDS = 40
REVEALED = 0.7  # share of commitments that are opened
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
        kinds = [self.plain, self.token, self.many]
        if any(module["name"] == "market" for module in self.modules):
            kinds.append(self.trade)
        for _ in range(ROUNDS):
            self.random.choice(kinds)()
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

    def trade(self):
        """An order, a commitment, sometimes its reveal, and commitments that are refused."""
        buyer, worker = self.pair()
        market, items = Market(self.modules), self.random.randrange(1, 50)
        order = order_in(self.done(self.send(buyer, gas=GAS, **market.order(self.http, self.random))))
        commit, opening = market.commitment(self.random, worker, order, items)
        bond = market.bond(self.http, order, items)
        self.done(self.send(buyer, to=market.address, value=bond, data=commit, gas=GAS))        # one's own order
        self.done(self.send(worker, to=market.address, value=bond + 1, data=commit, gas=GAS))   # another value
        committed = self.done(self.send(worker, to=market.address, value=bond, data=commit, gas=GAS))
        if self.random.random() < REVEALED:
            reveal = market.reveal(submission_in(committed), opening)
            self.done(self.send(worker, to=market.address, data=reveal, gas=GAS))
