"""Owns the market's calls as traffic makes them: orders, commitments and their reveals."""
import hashlib

from abi import Contract
from ethereum import CHAIN_ID, keccak256

QUOTA = 100     # items of an order
ORDER_S = 120   # from posting to an order's deadline
SPEC_URI = "https://example.org/spec"
ZERO = bytes(32)


class Market:
    def __init__(self, modules):
        self.contract = Contract(modules, "market")
        self.address = self.contract.address

    def order(self, http, seeded, items=QUOTA):
        """Fields of a transaction that posts an open order without a contributors' cap."""
        now = int(http.call("eth_getBlockByNumber", "latest", False)["timestamp"], 16)
        price = seeded.randrange(1, 10**18)
        data = self.contract.calldata("postOrder", seeded.randbytes(32), SPEC_URI, items, price, 0, 0, 1000, 0, now + ORDER_S)
        return {"to": self.address, "value": self._number(http, "quotePostOrder", items, price), "data": data}

    def bond(self, http, order, items):
        return self._number(http, "quoteCommit", order, items)

    def commitment(self, seeded, worker, order, items):
        """Calldata that commits drawn work, and what opens it."""
        opening = seeded.randbytes(32), ZERO, ZERO, seeded.randbytes(32)
        bound = b"".join([number.to_bytes(8, "big") for number in (CHAIN_ID, order)]) + worker.address + items.to_bytes(8, "big")
        digest = hashlib.sha256(b"assay/commit/1" + bound + b"".join(opening)).digest()
        return self.contract.calldata("commitSubmission", order, items, digest), opening

    def reveal(self, submission, opening):
        return self.contract.calldata("revealSubmission", submission, *opening, "")

    def _number(self, http, view, *values):
        return int.from_bytes(self.contract.view(http, view, *values), "big")


def order_in(receipt):
    return _id_in(receipt, "OrderPosted(uint64,address,uint64,uint256,bytes32,uint64)")


def submission_in(receipt):
    return _id_in(receipt, "SubmissionCommitted(uint64,uint64,address,uint64,bytes32,uint256)")


def _id_in(receipt, event):
    """The first indexed number of this event."""
    topic = "0x" + keccak256(event.encode()).hex()
    return next(int(log["topics"][1], 16) for log in receipt["logs"] if log["topics"][0] == topic)
