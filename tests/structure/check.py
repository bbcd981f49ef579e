#!/usr/bin/env python3
"""Holds the tree against its own rules: include direction, determinism, size, and tests of refusals.

    check.py ROOT     prints each finding as file:line: rule: what, then `N passed, N failed`
    check.py --self   shows that every rule refuses a sample made to break it
"""
import pathlib
import re
import sys

# A folder may include itself and what stands before it. A group's members may not include one another.
LAYERS = [
    ["chain/base"], ["chain/types"], ["chain/crypto"], ["chain/codec"], ["chain/store"], ["chain/state"],
    ["chain/exec"], ["chain/index"], ["chain/app"],
    ["modules/bank", "modules/beacon", "modules/market", "modules/disputes", "modules/jurors", "modules/rewards",
     "modules/staking", "modules/relay", "modules/datasets", "modules/governance", "modules/reputation"],
    ["modules/wiring"],
    ["consensus/types"], ["consensus/core"], ["consensus/disk"], ["consensus/wal", "consensus/privval"], ["consensus/mempool"],
    ["consensus/engine"], ["consensus/sync", "consensus/gossip", "consensus/p2p"],
    ["genesis"], ["rpc/server"], ["rpc/eth", "rpc/comet"], ["rpc/assay"], ["node"],
    ["cli/terminal"], ["cli/keys", "cli/items"], ["cli/client"], ["cli/demo"], ["cli/commands"], ["cli"],
]
# Consensus and the CLI stand beside others: what they may not see although it stands before them.
FORBIDDEN = {"consensus": ["modules", "genesis", "rpc", "node", "cli"],
             "rpc": ["consensus", "node", "cli"], "cli": ["consensus", "rpc", "node"],
             "genesis": ["consensus", "rpc", "node", "cli"]}
# And the one thing of those that a folder may see after all.
EXCEPT = {"rpc/comet": "consensus/types"}
PURE = ("chain/", "modules/", "consensus/types/", "consensus/core/")
# Folders that talk to the machine by their purpose.
IMPURE = {"chain/crypto/kdf.cpp": "passwords and key generation need entropy",
          "chain/crypto/secp256k1.cpp": "the library's context is blinded with entropy",
          "chain/store/database.cpp": "the disk"}
PURE_RULES = [
    (r"\b(float|double)\b", "floating point"),
    (r"\bstd::unordered_(map|set)", "unordered container"),
    (r"\b(rand|srand|random_device|mt19937)\b", "entropy"),
    (r"\b(system_clock|steady_clock|high_resolution_clock|gettimeofday)\b|\btime\(", "clock"),
    (r"\b(getenv|setlocale|std::locale)\b", "environment"),
    (r"std::(map|set)<[^,>]*\*", "pointer as key"),
]
MAX_LINES, MAX_FUNCTION, MAX_COLUMNS = 600, 70, 100
SOURCES = (".hpp", ".cpp")
LAYERED = ("chain/", "modules/", "consensus/", "genesis/", "rpc/", "node/", "cli/")
FOLDERS = ["chain", "modules", "consensus", "genesis", "rpc", "node", "cli", "bench", "tests"]


def layer_of(path):
    for number, group in enumerate(LAYERS):
        for folder in sorted(group, key=len, reverse=True):
            if path.startswith(folder + "/") and (folder.count("/") or path.count("/") == folder.count("/") + 1):
                return number, folder
    return None, None


def check_includes(path, text):
    number, folder = layer_of(path)
    if folder is None:
        if path.startswith(LAYERED):
            yield 1, "include direction", "its folder stands in no layer"
        return
    for line, include in includes(text):
        other_number, other = layer_of(include)
        if other is None or other == folder:
            continue
        if other_number > number:
            yield line, "include direction", f"{folder} stands before {other}"
        elif other_number == number:
            yield line, "include direction", f"{folder} and {other} may not know each other"
        elif EXCEPT.get(folder) == other:
            continue
        elif other.split("/")[0] in FORBIDDEN.get(folder.split("/")[0], []):
            yield line, "include direction", f"{folder} may not know {other}"


def includes(text):
    for number, line in enumerate(text.splitlines(), 1):
        match = re.match(r'#include "([^"]+)"', line)
        if match:
            yield number, match.group(1)


def code_of(line):
    """The line without comments and strings."""
    return re.sub(r'"(\\.|[^"\\])*"', '""', line).split("//")[0]


def check_determinism(path, text):
    if not path.startswith(PURE) or path in IMPURE:
        return
    for number, line in enumerate(text.splitlines(), 1):
        for pattern, what in PURE_RULES:
            if re.search(pattern, code_of(line)):
                yield number, "determinism", what
    for number, name in flat_loops(text):
        if "sort" not in "\n".join(text.splitlines()[number - 1:number + 12]):
            yield number, "determinism", f"iterates over {name} in hash order without sorting"


def flat_loops(text):
    names = set(re.findall(r"unordered_flat_map<[^;]*>\s+(\w+)", text))
    for number, line in enumerate(text.splitlines(), 1):
        match = re.search(r"for \(.*:\s*(\w+)\)", code_of(line))
        if match and match.group(1) in names:
            yield number, match.group(1)


def check_size(path, text):
    lines = text.splitlines()
    if len(lines) > MAX_LINES:
        yield 1, "size", f"{len(lines)} lines, the limit is {MAX_LINES}"
    if not lines or not lines[0].startswith("// "):
        yield 1, "header", "starts with no sentence that says what it owns"
    start = None
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_COLUMNS:
            yield number, "size", f"{len(line)} columns, the limit is {MAX_COLUMNS}"
        if re.match(r"[A-Za-z].*[({]$|[A-Za-z].*\) (const )?\{$", line) and not re.match(
                r"(namespace|struct|class|enum|union|extern|using|constexpr|const|inline const)", line):
            start = number
        if line == "}" and start is not None:
            if number - start + 1 > MAX_FUNCTION:
                yield start, "size", f"function of {number - start + 1} lines, the limit is {MAX_FUNCTION}"
            start = None


def check_words(path, text):
    for number, line in enumerate(text.splitlines(), 1):
        if re.search(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b", line):
            yield number, "words", "unfinished on its own word"


RULES = [check_includes, check_determinism, check_size, check_words]


def untested_codes(root):
    """Codes that some rule returns and no test names."""
    header = (root / "chain/types/tx_code.hpp").read_text()
    codes = re.findall(r"^    (\w+) = \d+,", header, re.M)
    rules = "\n".join(p.read_text() for top in ("chain", "modules") for p in sorted((root / top).rglob("*.?pp"))
                      if p.name != "tx_code.hpp")
    tests = "\n".join(p.read_text() for p in sorted((root / "tests").rglob("*.?pp")))
    return untested(codes, rules, tests)


def untested(codes, rules, tests):
    return [code for code in codes if re.search(r"\bTxCode::" + code + r"\b", rules)
            and not re.search(r"\b" + code + r"\b", tests)]


def findings(root):
    for folder in FOLDERS:
        for file in sorted((root / folder).rglob("*")):
            path = file.relative_to(root).as_posix()
            if file.suffix not in SOURCES or "vectors" in path or "node_modules" in path:
                continue
            text = file.read_text()
            for rule in RULES:
                for line, name, what in rule(path, text):
                    yield f"{path}:{line}: {name}: {what}"
    for code in untested_codes(root):
        yield f"chain/types/tx_code.hpp:1: refusals: no test names {code}"


SAMPLES = [
    (check_includes, "chain/base/a.hpp", '#include "chain/exec/env.hpp"\n'),
    (check_includes, "modules/market/a.hpp", '#include "modules/disputes/types.hpp"\n'),
    (check_includes, "consensus/p2p/a.hpp", '#include "consensus/gossip/tx_gossip.hpp"\n'),
    (check_includes, "consensus/engine/a.hpp", '#include "consensus/p2p/peer_network.hpp"\n'),
    (check_includes, "consensus/core/a.hpp", '#include "consensus/engine/ports.hpp"\n'),
    (check_includes, "modules/unheard_of/a.hpp", "\n"),
    (check_includes, "consensus/engine/a.hpp", '#include "modules/bank/transfer.hpp"\n'),
    (check_determinism, "modules/bank/a.cpp", "double share = 0.5;\n"),
    (check_determinism, "chain/exec/a.cpp", "std::unordered_map<int, int> m;\n"),
    (check_determinism, "chain/exec/a.cpp", "const auto now = std::chrono::system_clock::now();\n"),
    (check_determinism, "chain/exec/a.cpp", "boost::unordered_flat_map<K, V> all_;\nfor (auto& x : all_)\n  go();\n"),
    (check_determinism, "consensus/core/a.cpp", "std::random_device seed;\n"),
    (check_size, "chain/a.cpp", "int x;\n"),
    (check_size, "chain/a.cpp", "// Owns.\n" + "int x;\n" * 600),
    (check_size, "chain/a.cpp", "// Owns.\n" + "x" * 101 + "\n"),
    (check_size, "chain/a.cpp", "// Owns.\nvoid f() {\n" + "  g();\n" * 70 + "}\n"),
    (check_words, "chain/a.cpp", "// TO" + "DO: finish\n"),
]


def self_test():
    blind = [f"{rule.__name__} accepts {text[:50]!r}" for rule, path, text in SAMPLES if not list(rule(path, text))]
    if untested(["a", "b", "c"], "return TxCode::a; return TxCode::b;", "TxCode::a") != ["b"]:
        blind.append("untested misses a refusal without a test")
    return blind, len(SAMPLES) + 1


def main():
    if sys.argv[1:] == ["--self"]:
        failed, total = self_test()
        passed = total - len(failed)
    else:
        root = pathlib.Path(sys.argv[1])
        failed = list(findings(root))
        passed = sum(1 for f in FOLDERS for p in (root / f).rglob("*") if p.suffix in SOURCES)
    print("\n".join(failed))
    print(f"{passed} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
