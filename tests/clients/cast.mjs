// A shell user on cast: the same steps as commands.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { promisify } from "node:util";
import { chainId, eventually, keys, modules, rpc, ws } from "./network.mjs";
import { orderOf, submissionOf, terms } from "./work.mjs";

const program = createRequire(import.meta.url).resolve("@foundry-rs/cast-linux-amd64/bin/cast");
const run = promisify(execFile);
const cast = async (...words) => (await run(program, [...words, "--rpc-url", rpc])).stdout.trim();
const offline = async (...words) => (await run(program, words)).stdout.trim();
const refused = (pattern, ...words) => assert.rejects(cast(...words), ({ stderr }) => {
  assert.match(stderr, pattern);
  return true;
});

const [alice, bob] = await Promise.all([6, 7].map((index) => offline("wallet", "address", "--private-key", keys[index])));
const bank = modules.bank.address;
const signer = ["--private-key", keys[6]];
const send = async (...words) => JSON.parse(await cast("send", "--json", ...signer, ...words));

test("connects and sees the chain", async () => {
  assert.equal(await cast("chain-id"), String(chainId));
  assert.match(await cast("client"), /^assayd\//i);
  assert.equal(JSON.parse(await cast("block", "latest", "--json")).gasLimit.slice(0, 2), "0x");
  assert.ok(BigInt(await cast("base-fee")) > 0n);
  assert.ok((await cast("code", bank)).length > 2);
});

test("reads balances as the account's and as the token's", async () => {
  const balance = await cast("balance", bob);
  assert.equal(balance, String(10n ** 24n));
  assert.equal((await cast("call", bank, "balanceOf(address)(uint256)", bob)).split(" ")[0], balance);
  assert.equal(await cast("call", bank, "symbol()(string)"), '"ASSAY"');
});

test("estimates, sends and finds the event", async () => {
  const gas = await cast("estimate", bank, "transfer(address,uint256)", bob, "4", "--from", alice);
  const receipt = await send(bank, "transfer(address,uint256)", bob, "4");
  assert.equal(receipt.status, "0x1");
  assert.equal(BigInt(receipt.gasUsed), BigInt(gas));
  const logs = JSON.parse(await cast("logs", "--json", "--from-block", String(BigInt(receipt.blockNumber)), "--address", bank,
    "Transfer(address indexed from,address indexed to,uint256 value)", alice, bob));
  assert.deepEqual(logs.map(({ transactionHash, data }) => [transactionHash, BigInt(data)]), [[receipt.transactionHash, 4n]]);
  assert.equal(await cast("tx", receipt.transactionHash, "nonce"), "0");
  assert.equal(await cast("nonce", alice), "1");
});

test("names a refusal", async () => {
  await refused(/Refused|amount_zero/, "call", bank, "transfer(address,uint256)", bob, "0", "--from", alice);
  await refused(/amount_zero/, "send", ...signer, bank, "transfer(address,uint256)", bob, "0");
  const data = await offline("calldata", "transfer(address,uint256)", bob, "0");
  await refused(/execution reverted: amount_zero/, "rpc", "eth_call", JSON.stringify({ from: alice, to: bank, data }), "latest");
});

test("accepts every envelope and names a wrong nonce", async () => {
  const accessList = JSON.stringify([{ address: bob, storageKeys: [] }]);
  assert.equal((await send(bob, "--value", "1", "--legacy")).type, "0x0");
  assert.equal((await send(bob, "--value", "1", "--access-list", accessList, "--legacy", "--gas-limit", "30000")).status, "0x1");
  assert.equal((await send(bob, "--value", "0.5ether")).type, "0x2");
  await refused(/nonce too low/, "send", ...signer, bob, "--value", "1", "--nonce", "0");
});

test("publishes a transaction signed elsewhere", async () => {
  const raw = await cast("mktx", ...signer, bob, "--value", "3");
  assert.match(await cast("publish", raw), /"status":"0x1"/);
});

test("hears of logs over WebSocket", { timeout: 30_000 }, async (t) => {
  const listening = spawn(program, ["logs", "--subscribe", "--rpc-url", ws, "--address", bank,
    "Transfer(address indexed from,address indexed to,uint256 value)", "", bob]);
  t.after(() => listening.kill());
  const heard = [];
  createInterface({ input: listening.stdout }).on("line", (line) => heard.push(line));
  const receipt = await eventually("a transfer that the listener heard", async () => {
    const sent = await send(bank, "transfer(address,uint256)", bob, "4");
    return heard.some((line) => line.includes("0x000000")) && sent;
  });
  await eventually("the last transfer", () => heard.some((line) => line.includes(receipt.transactionHash)));
});

test("trades on the market: order, commitment, reveal", async () => {
  const market = modules.market.address;
  const worker = ["--private-key", keys[7]];
  const call = async (...words) => JSON.parse(await cast("call", "--json", market, ...words));
  const topicsOf = (receipt, name) => {
    const event = modules.market.abi.find((entry) => entry.type === "event" && entry.name === name);
    return offline("keccak", `${name}(${event.inputs.map(({ type }) => type).join(",")})`)
      .then((topic) => receipt.logs.find(({ topics }) => topics[0] === topic).topics);
  };

  const params = modules.market.abi.find(({ name }) => name === "getMarketParams").outputs;
  const shape = (components) => "(" + components.map(({ type, components: inner }) => inner ? shape(inner) : type).join(",") + ")";
  const now = BigInt(await cast("block", "latest", "--field", "timestamp"));
  assert.ok((await call(`getMarketParams()${shape(params)}`)).length > 0);
  const value = (await call("quotePostOrder(uint64,uint256)(uint256)", String(terms.itemQuota), String(terms.pricePerItem)))[0];
  const post = ["postOrder(bytes32,string,uint64,uint256,uint8,uint8,uint32,uint64,uint64)", ...orderOf(now + 120n).map(String)];
  await refused(/wrong_value/, "estimate", market, ...post, "--from", alice);
  const posted = await send(market, ...post, "--value", String(value));
  const order = BigInt((await topicsOf(posted, "OrderPosted"))[1]);

  const made = submissionOf(["wind blows", "leaves turn"], { chainId, order, contributor: bob });
  const bond = (await call("quoteCommit(uint64,uint64)(uint256)", String(order), String(made.itemCount)))[0];
  const committed = JSON.parse(await cast("send", "--json", ...worker, market, "commitSubmission(uint64,uint64,bytes32)", String(order),
    String(made.itemCount), made.commitment, "--value", String(bond)));
  const submission = BigInt((await topicsOf(committed, "SubmissionCommitted"))[1]);

  const reveal = (salt) => [market, "revealSubmission(uint64,bytes32,bytes32,bytes32,bytes32,string)", String(submission), made.root,
    made.ciphertextRoot, made.keyHash, salt, "ipfs://work"];
  await refused(/commitment_mismatch/, "estimate", ...reveal(made.root), "--from", bob);
  const revealed = JSON.parse(await cast("send", "--json", ...worker, ...reveal(made.salt)));
  assert.equal(BigInt((await topicsOf(revealed, "SubmissionRevealed"))[1]), submission);
  const kept = await cast("call", market, "getSubmission(uint64)", String(submission));
  assert.ok(kept.includes(made.root.slice(2)));
});
