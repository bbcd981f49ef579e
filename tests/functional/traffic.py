"""Owns varied traffic for a devnet: every envelope, single transactions and full blocks, orders and work."""
import hashlib
import random

from abi import Contract
from ethereum import CHAIN_ID, Wallet, keccak256
from rpc import Http

GAS = 1_000_000
ROUNDS = 40
ORDER_S = 120   # from posting to an order's deadline
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
        market = Contract(self.modules, "market")
        price, items, zero = self.random.randrange(1, 10**18), self.random.randrange(1, 50), bytes(32)
        now = int(self.http.call("eth_getBlockByNumber", "latest", False)["timestamp"], 16)
        post = market.calldata("postOrder", self.random.randbytes(32), "https://example.org/spec", 100, price, 0, 0, 1000, 0, now + ORDER_S)
        value = int.from_bytes(market.view(self.http, "quotePostOrder", 100, price), "big")
        posted = self.done(self.send(buyer, to=market.address, value=value, data=post, gas=GAS))
        order = id_in(posted, "OrderPosted(uint64,address,uint64,uint256,bytes32,uint64)")
        root, salt = self.random.randbytes(32), self.random.randbytes(32)
        bound = b"".join([number.to_bytes(8, "big") for number in (CHAIN_ID, order)]) + worker.address + items.to_bytes(8, "big")
        commitment = hashlib.sha256(b"assay/commit/1" + bound + root + zero + zero + salt).digest()
        commit = market.calldata("commitSubmission", order, items, commitment)
        bond = int.from_bytes(market.view(self.http, "quoteCommit", order, items), "big")
        self.done(self.send(buyer, to=market.address, value=bond, data=commit, gas=GAS))        # one's own order
        self.done(self.send(worker, to=market.address, value=bond + 1, data=commit, gas=GAS))   # another value
        committed = self.done(self.send(worker, to=market.address, value=bond, data=commit, gas=GAS))
        if self.random.random() < REVEALED:
            submission = id_in(committed, "SubmissionCommitted(uint64,uint64,address,uint64,bytes32,uint256)")
            reveal = market.calldata("revealSubmission", submission, root, zero, zero, salt, "")
            self.done(self.send(worker, to=market.address, data=reveal, gas=GAS))


def id_in(receipt, event):
    """The first indexed number of this event."""
    topic = "0x" + keccak256(event.encode()).hex()
    return next(int(log["topics"][1], 16) for log in receipt["logs"] if log["topics"][0] == topic)
