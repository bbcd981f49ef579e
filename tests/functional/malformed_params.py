"""Owns the table of calls with bad parameters: (name, method, params, expected code, expected text)."""
ACCOUNT = "0x70997970c51812dc3a010c7d01b50e0d17dc79c8"
HASH = "0x" + "11" * 32
BAD_PARAMS, UNKNOWN_METHOD = -32602, -32601

NOT_TEXT = [5, -1, 1.5, True, [], {}]
BAD_FIXED = ["", "0x", "0x12", "0x1", "0xg", "hello", " " + ACCOUNT, ACCOUNT[2:], ACCOUNT + "00", "0x" + "zz" * 20, "0x" + "é" * 20]
BAD_ADDRESS = BAD_FIXED + NOT_TEXT
BAD_HASH = BAD_FIXED + [ACCOUNT, HASH + "0", "0x" + "zz" * 32] + NOT_TEXT
BAD_BLOCK = ["", "0x", "0xg", "latests", "LATEST", "12", "-0x1", "0x-1", "0x1" + "0" * 16, "0x" + "f" * 33, "0x1.5", "NaN", -1, 1.5, 1e300,
             2**64, True, [], {}, {"blockHash": "0x12"}, {"blockNumber": {}}, {"blockNumber": "x"}, {"number": "0x1"}]
BAD_NUMBER = ["", "0x", "0xg", "five", "-0x1", "0x" + "f" * 33, -1, 1.5, 1e300, True, [], {}]
BAD_DATA = ["0", "0x1", "0x123", "0xzz", "hello", "é", 5, True, [], {}]


def cases():
    for table in (_fixed, _blocks, _calls, _filters, _others):
        yield from table()


def _bad(method, what, value, params, text="argument"):
    return f"{method}: {what} {str(value)[:40]!r}", method, params, BAD_PARAMS, text


def _fixed():
    for method in ("eth_getBalance", "eth_getTransactionCount", "eth_getCode"):
        for value in BAD_ADDRESS:
            yield _bad(method, "address", value, [value, "latest"], "invalid argument 0: (expected a 0x hex|hex string has|invalid hex)")
    for value in BAD_ADDRESS:
        yield _bad("eth_getStorageAt", "address", value, [value, "0x0", "latest"], "invalid argument 0")
    for method in ("eth_getBlockByHash", "eth_getTransactionByHash", "eth_getTransactionReceipt"):
        for value in BAD_HASH:
            yield _bad(method, "hash", value, [value, False], "invalid argument 0")
    for method in ("eth_getBalance", "eth_getBlockByHash", "eth_getBlockByNumber", "eth_getTransactionReceipt", "eth_call", "eth_estimateGas",
                   "eth_sendRawTransaction", "eth_getLogs", "eth_feeHistory", "eth_getFilterChanges", "eth_uninstallFilter"):
        for name, params in [("no parameters", []), ("a null", [None])]:
            yield f"{method}: {name}", method, params, BAD_PARAMS, "missing value for required argument 0"
        yield f"{method}: parameters by name", method, {"address": ACCOUNT}, BAD_PARAMS, "non-array args"
    yield "parameters as a string", "eth_getBalance", "latest", BAD_PARAMS, "params must be an array or an object"


def _blocks():
    for value in BAD_BLOCK:
        yield _bad("eth_getBalance", "block", value, [ACCOUNT, value], "invalid argument 1")
        yield _bad("eth_getBlockByNumber", "block", value, [value, False], "invalid argument 0")
        yield _bad("eth_call", "block", value, [{"to": ACCOUNT}, value], "invalid argument 1")
        yield _bad("eth_getLogs", "fromBlock", value, [{"fromBlock": value}], "invalid argument 0: fromBlock")
        yield _bad("eth_getLogs", "toBlock", value, [{"toBlock": value}], "invalid argument 0: toBlock")


def _calls():
    for method in ("eth_call", "eth_estimateGas"):
        for value in ("0x", 5, True, [], [{}]):
            yield _bad(method, "call", value, [value], "invalid argument 0: expected a call object")
        for field, bad in [("from", BAD_ADDRESS), ("to", BAD_ADDRESS), ("value", BAD_NUMBER), ("gas", BAD_NUMBER), ("gasPrice", BAD_NUMBER),
                           ("maxFeePerGas", BAD_NUMBER), ("data", BAD_DATA), ("input", BAD_DATA)]:
            for value in bad:
                yield _bad(method, field, value, [{"to": ACCOUNT, field: value}], f"invalid argument 0: {field}: ")
        for value in (5, "x", {}, [5], [{}], [{"address": "0x12"}], [{"address": ACCOUNT, "storageKeys": 5}],
                      [{"address": ACCOUNT, "storageKeys": ["0x12"]}]):
            yield _bad(method, "accessList", value, [{"to": ACCOUNT, "accessList": value}], "invalid argument 0: accessList: ")
        for value in (5, "x", [], {"0x12": {}}, {ACCOUNT: 5}, {ACCOUNT: {"balance": "x"}}, {ACCOUNT: {"code": "0x"}}):
            yield _bad(method, "overrides", value, [{"to": ACCOUNT}, "latest", value], "invalid argument 2")


def _filters():
    for method in ("eth_getLogs", "eth_newFilter"):
        for value in ("0x", 5, True, []):
            yield _bad(method, "filter", value, [value], "invalid argument 0: expected a filter object")
        for value in BAD_ADDRESS:
            if value != []:  # no address at all is any address
                yield _bad(method, "address", value, [{"address": value}], "invalid argument 0: address: ")
        for value in (HASH, 5, True, {}, ["0x12"], [5], [[5]], [["0x12"]], [[[HASH]]], [{}], [HASH] * 5):
            yield _bad(method, "topics", value, [{"topics": value}], "invalid argument 0: topics: ")
        yield _bad(method, "topics", "1001 alternatives", [{"topics": [[HASH] * 1001]}], "exceed max topics: at most 1000")
        yield _bad(method, "address", "1001 of them", [{"address": [ACCOUNT] * 1001}], "exceed max address: at most 1000")
        for value in BAD_HASH:
            yield _bad(method, "blockHash", value, [{"blockHash": value}], "invalid argument 0: blockHash: ")
        yield _bad(method, "range", "and a hash", [{"blockHash": HASH, "fromBlock": "0x1"}], "cannot specify both")
    yield _bad("eth_getLogs", "range", "backwards", [{"fromBlock": "0x1", "toBlock": "0x0"}], "invalid block range")
    for method in ("eth_getFilterChanges", "eth_getFilterLogs", "eth_uninstallFilter"):
        for value in NOT_TEXT:
            yield _bad(method, "id", value, [value], "invalid argument 0: expected a filter id")
    for method in ("eth_getFilterChanges", "eth_getFilterLogs"):
        for value in ("", "0x", "0x1", "0x" + "f" * 32, "x" * 10_000):
            yield f"{method}: unknown id {value[:20]!r}", method, [value], -32000, "filter not found"


def _others():
    for value in BAD_NUMBER:
        yield _bad("eth_feeHistory", "count", value, [value, "latest", []], "invalid argument 0")
    for value in ("x", 5, {}, [101], [-1], [5, 4], ["x"], [1] * 101):
        yield _bad("eth_feeHistory", "percentiles", value, ["0x1", "latest", value], "invalid argument 2")
    for value in BAD_DATA:
        yield _bad("eth_sendRawTransaction", "transaction", value, [value], "invalid argument 0")
    for value in BAD_NUMBER:
        yield _bad("eth_sendRawTransactionSync", "timeout", value, ["0x", value], "invalid argument 1")
        yield _bad("eth_getTransactionByBlockNumberAndIndex", "index", value, ["0x0", value], "invalid argument 1")
    for value in ("yes", 1, [], {}):
        yield _bad("eth_getBlockByNumber", "full", value, ["0x0", value], "invalid argument 1: expected true or false")
    for method in ("", " ", "eth_", "eth_getbalance", "ETH_GETBALANCE", "eth_sendTransaction", "eth_sign", "eth_signTransaction", "personal_unlockAccount",
                   "admin_peers", "debug_traceTransaction", "miner_start", "rpc.", "../eth_call", "eth_call\u0000", "é" * 1000, "x" * 100_000):
        yield f"unknown method {method[:30]!r}", method, [], UNKNOWN_METHOD, "the method .* does not exist/is not available"
    yield "a subscription over HTTP", "eth_subscribe", ["newHeads"], UNKNOWN_METHOD, "notifications not supported"


def subscriptions():
    """Over WebSocket only, where there is somebody to notify."""
    for value in ("", "newheads", "syncing2", "x" * 10_000):
        yield f"subscription {value[:20]!r}", "eth_subscribe", [value], BAD_PARAMS, "no .* subscription in eth namespace"
    for value in NOT_TEXT:
        yield f"subscription {value!r}", "eth_subscribe", [value], BAD_PARAMS, "invalid argument 0"
    yield "subscription without a name", "eth_subscribe", [], BAD_PARAMS, "missing value for required argument 0"
    for value in ({"address": "0x12"}, {"topics": "x"}, {"topics": [[HASH] * 1001]}, 5, "x", []):
        yield f"subscription to logs of {str(value)[:40]}", "eth_subscribe", ["logs", value], BAD_PARAMS, "invalid argument"
    yield "pending transactions with a word", "eth_subscribe", ["newPendingTransactions", "full"], BAD_PARAMS, "invalid argument 1"
    for value in ("", "0x", "0x1", "x" * 10_000):
        yield f"end of subscription {value[:20]!r}", "eth_unsubscribe", [value], -32000, "subscription not found"
