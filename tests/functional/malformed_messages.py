"""Owns the tables of bad JSON, HTTP and WebSocket input: what is sent and what must come back."""
PARSE, INVALID, BAD_PARAMS = -32700, -32600, -32602
CALL = b'{"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":[]}'


def _call(**changes):
    parts = {"jsonrpc": '"2.0"', "id": "1", "method": '"eth_getBlockByNumber"', "params": "[]", **changes}
    return ("{" + ",".join(f'"{name}":{value}' for name, value in parts.items() if value is not None) + "}").encode()


def bodies():
    """(name, body, code, text): alike over HTTP and WebSocket."""
    for name, body in [
            ("nothing", b" "), ("a word", b"hello"), ("a cut object", CALL[:-1]), ("a cut string", CALL[:20]), ("two values", CALL + CALL),
            ("a trailing comma", b'{"jsonrpc":"2.0","id":1,}'), ("single quotes", CALL.replace(b'"', b"'")), ("a comment", b"/* x */" + CALL),
            ("a byte order mark and no more", b"\xef\xbb\xbf"), ("an unquoted key", b"{id:1}"), ("a bare minus", _call(id="-")),
            ("NaN", _call(params="[NaN]")), ("Infinity", _call(params="[Infinity]")), ("a number over the largest double", _call(params="[1e999]")),
            ("a leading zero", _call(params="[01]")), ("a plus", _call(params="[+1]")), ("a hex number", _call(params="[0x1]")),
            ("a bare point", _call(params="[1.]")), ("invalid UTF-8", CALL.replace(b"eth_chainId", b"eth_\xff\xfe")),
            ("overlong UTF-8", CALL.replace(b"eth_chainId", b"eth_\xc0\xaf")), ("a surrogate in UTF-8", CALL.replace(b"eth_chainId", b"\xed\xa0\x80")),
            ("half a surrogate pair", _call(method='"\\ud800"')), ("an unknown escape", _call(method='"\\x41"')), ("a raw control character", _call(method='"a\nb"')),
            ("a zero byte", b'{"jsonrpc":"2.0"\x00,"id":1}'), ("deep arrays", b"[" * 100_000), ("deep arrays, closed", b"[" * 5_000 + b"]" * 5_000),
            ("deep objects", b'{"a":' * 5_000 + b"1" + b"}" * 5_000), ("deep parameters", _call(params="[" * 500 + "]" * 500)),
            ("deep brackets after a call", CALL + b"[" * 1000)]:
        yield name, body, PARSE, "invalid JSON at byte|nests deeper than|no JSON"
    for name, body in [("a number", b"5"), ("null", b"null"), ("a string", b'"eth_chainId"'), ("true", b"true"), ("no version", _call(jsonrpc=None)),
                       ("version 1.0", _call(jsonrpc='"1.0"')), ("a number as version", _call(jsonrpc="2.0")), ("no method", _call(method=None)),
                       ("a number as method", _call(method="5")), ("null as method", _call(method="null")), ("an object as id", _call(id="{}")),
                       ("an array as id", _call(id="[1]")), ("true as id", _call(id="true")), ("an empty object", b"{}")]:
        yield name, body, INVALID, "^invalid request: "
    for member in ("jsonrpc", "id", "method", "params"):
        twice = {"jsonrpc": '"2.0"', "id": "2", "method": '"eth_blockNumber"', "params": "[]"}[member]
        yield f"{member} twice", CALL[:-1] + f',"{member}":{twice}}}'.encode(), INVALID, f"duplicate member {member}"
    yield "an empty batch", b"[]", INVALID, "empty batch"
    yield "a batch over the limit", b"[" + b",".join([CALL] * 1001) + b"]", INVALID, "batch too large: at most 1000"
    for name, params in [("a string", '"x"'), ("a number", "5"), ("true", "true")]:
        yield f"{name} as params", _call(params=params), BAD_PARAMS, "params must be an array or an object"
    for name, value in [("a huge integer", "1" + "0" * 400), ("a negative", "-1"), ("a fraction", "0.5"), ("an exponent", "1e2"), ("minus zero", "-0.0"),
                        ("2^64", str(2**64)), ("-2^63 - 1", str(-2**63 - 1))]:
        code = PARSE if len(value) > 310 else BAD_PARAMS
        yield f"{name} as block number", _call(params=f"[{value},false]"), code, "invalid (JSON|argument 0)"


def _post(body=CALL, head="", length=None, start="POST / HTTP/1.1"):
    size = len(body) if length is None else length
    return f"{start}\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {size}\r\n{head}\r\n".encode() + body


def requests():
    """(name, bytes, statuses): statuses that may come first; 0 stands for a connection that ends without a word."""
    for verb in ("PUT", "DELETE", "PATCH", "TRACE", "LINK", "PROPFIND"):
        yield f"verb {verb}", f"{verb} / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n".encode(), {405}
    for verb in ("BREW", "post", "G ET", "\x01", "P" * 5_000):
        yield f"no verb {verb[:10]!r}", f"{verb} / HTTP/1.1\r\nHost: x\r\n\r\n".encode(), {400, 405, 431}
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "text/html", "application/jsonp", "x"):
        yield f"content type {kind}", _post().replace(b"application/json", kind.encode()), {415}
    for path in ("/nothing", "/../etc/passwd", "/%00", "/?" + "q" * 1000):
        yield f"GET {path[:20]}", f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode(), {404}
    for name, length in [("negative", "-1"), ("a word", "many"), ("fractional", "1.5"), ("hexadecimal", "0x10"), ("2^64", str(2**64)), ("empty", ""),
                         ("a list", "59, 60"), ("signed", "+59")]:
        yield f"content length {name}", _post(length=length), {400, 413}
    yield "a body shorter than it claims", _post(length=1000), {0}
    yield "a body longer than it claims", _post(length=10), {200}
    yield "two content lengths", _post(head="Content-Length: 5\r\n"), {400}
    yield "a length and chunks", _post(head="Transfer-Encoding: chunked\r\n"), {400}
    chunked = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    for name, tail, statuses in [("no size", b"zz\r\n", {400}), ("a huge size", b"ffffffffffffffff\r\n", {400, 413}), ("a negative size", b"-1\r\n", {400}),
                                 ("no end", b"5\r\nhello\r\n", {0}), ("no line end", b"5\r\nhelloworld", {400})]:
        yield f"chunks with {name}", chunked + tail, statuses
    yield "a body over the limit", _post(body=b" " * (5 * 2**20 + 1)), {413}
    yield "a claim over the limit", _post(body=b"", length=10**12), {413}
    yield "a header over the limit", _post(head="X: " + "y" * 20_000 + "\r\n"), {431}
    yield "a thousand headers", _post(head="".join(f"X-{i}: {'y' * 60}\r\n" for i in range(1000))), {431}
    yield "a header without a colon", _post(head="broken\r\n"), {400}
    yield "a zero byte in a header", _post(head="X: a\x00b\r\n"), {400}
    yield "a space before the colon", _post(head="X : y\r\n"), {400}
    for name, raw, statuses in [
            ("silence", b"", {0}), ("random bytes", bytes(range(256)), {400}), ("HTTP/0.9", b"GET /\r\n", {400}), ("HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", {400}),
            ("HTTP/9.9", b"GET / HTTP/9.9\r\nHost: x\r\n\r\n", {400}), ("a TLS hello", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", {400, 0}),
            ("half a header", b"POST / HTTP/1.1\r\nHost:", {0}), ("a line without end", b"GET /" + b"a" * 20_000, {431, 400}),
            ("an unfinished expectation", _post(body=b"", length=10, head="Expect: 100-continue\r\n"), {100})]:
        yield name, raw, statuses
    key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    for name, head in [("no key", "Sec-WebSocket-Version: 13\r\n"), ("version 12", "Sec-WebSocket-Version: 12\r\n" + key), ("no version", key)]:
        yield f"upgrade with {name}", f"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n{head}\r\n".encode(), {400, 404, 426}


def frames():
    """(name, frame arguments): WebSocket frames that end the connection."""
    yield from [
        ("an unmasked frame", {"payload": CALL, "masked": False}), ("a reserved bit", {"payload": CALL, "reserved": 4}),
        ("all reserved bits", {"payload": CALL, "reserved": 7}), ("an unknown opcode", {"payload": CALL, "opcode": 3}),
        ("an unknown control opcode", {"payload": b"", "opcode": 11}), ("a continuation of nothing", {"payload": CALL, "opcode": 0}),
        ("a long ping", {"payload": b"x" * 126, "opcode": 9}), ("a ping in parts", {"payload": b"x", "opcode": 9, "final": False}),
        ("a close of one byte", {"payload": b"x", "opcode": 8}), ("a close with a reserved code", {"payload": b"\x03\xed", "opcode": 8}),
        ("invalid UTF-8", {"payload": b"\xff\xfe"}), ("cut UTF-8", {"payload": b"\xe2\x82"}), ("a message over 32 MiB", {"payload": b" " * (32 * 2**20 + 1)})]
