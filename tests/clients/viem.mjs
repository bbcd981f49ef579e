// A dapp on viem 2: typed clients, contract reads and writes, watches and decoded refusals.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { BaseError, ContractFunctionRevertedError, InsufficientFundsError, NonceTooLowError, createPublicClient, createWalletClient,
  defineChain, getContract, http, parseEther, parseEventLogs, webSocket } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { chainId, eventually, keys, modules, rpc, ws } from "./network.mjs";
import { orderOf, submissionOf, terms } from "./work.mjs";

const chain = defineChain({
  id: chainId, name: "Assay devnet", nativeCurrency: { name: "Assay", symbol: "ASSAY", decimals: 18 },
  rpcUrls: { default: { http: [rpc], webSocket: [ws] } },
  contracts: { multicall3: { address: "0xcA11bde05977b3631167028862bE2a173976CA11" } },
});
const [, , alice, bob] = keys.map((key) => privateKeyToAccount(key));
const reader = createPublicClient({ chain, transport: http(), pollingInterval: 100, cacheTime: 0 });
const listener = createPublicClient({ chain, transport: webSocket() });
const wallet = createWalletClient({ account: alice, chain, transport: http() });
const { address, abi } = modules.bank;
const bank = getContract({ address, abi, client: { public: reader, wallet } });

const mined = (hash) => reader.waitForTransactionReceipt({ hash });
const cause = (error, kind) => error instanceof BaseError && error.walk((inner) => inner instanceof kind);
after(async () => (await listener.transport.getRpcClient()).close());

test("connects and sees the chain", async () => {
  assert.equal(await reader.getChainId(), chainId);
  assert.equal(await listener.getChainId(), chainId);
  const height = await eventually("a second block", async () => {
    const number = await reader.getBlockNumber();
    return number > 1n && number;
  });
  const block = await reader.getBlock({ blockNumber: height, includeTransactions: true });
  assert.equal((await reader.getBlock({ blockHash: block.parentHash })).number, height - 1n);
  const history = await reader.getFeeHistory({ blockCount: 2, rewardPercentiles: [25, 75] });
  assert.equal(history.baseFeePerGas.length, history.gasUsedRatio.length + 1);
});

test("reads the token, alone and many at once", async () => {
  const balance = await reader.getBalance({ address: bob.address });
  assert.equal(await bank.read.balanceOf([bob.address]), balance);
  const [symbol, decimals, own] = await reader.multicall({ allowFailure: false, contracts: [
    { address, abi, functionName: "symbol" }, { address, abi, functionName: "decimals" },
    { address, abi, functionName: "balanceOf", args: [bob.address] }] });
  assert.deepEqual([symbol, decimals, own], ["ASSAY", 18, balance]);
});

test("simulates, writes and reads the event", async () => {
  const before = await bank.read.balanceOf([bob.address]);
  const { request } = await reader.simulateContract({ account: alice, address, abi, functionName: "transfer", args: [bob.address, 9n] });
  const receipt = await mined(await wallet.writeContract(request));
  assert.equal(receipt.status, "success");
  assert.equal(receipt.type, "eip1559");
  assert.equal(await bank.read.balanceOf([bob.address]), before + 9n);
  const events = parseEventLogs({ abi, logs: receipt.logs, eventName: "Transfer", args: { to: bob.address } });
  assert.deepEqual(events.map(({ args }) => args), [{ from: alice.address, to: bob.address, value: 9n }]);
  const found = await bank.getEvents.Transfer({ from: alice.address, to: bob.address }, { fromBlock: receipt.blockNumber, toBlock: "latest" });
  assert.deepEqual(found.map(({ transactionHash }) => transactionHash), [receipt.transactionHash]);
  assert.equal(await bank.read.balanceOf([bob.address], { blockNumber: receipt.blockNumber - 1n }), before);
});

test("decodes a refusal", async () => {
  await assert.rejects(bank.simulate.transfer([bob.address, 0n], { account: alice }), (error) => {
    const { data } = cause(error, ContractFunctionRevertedError);
    assert.equal(data.errorName, "Refused");
    assert.deepEqual(data.args, [110, "amount_zero"]);
    return true;
  });
  await assert.rejects(bank.estimateGas.approve([bob.address, 1n], { account: alice }),
    (error) => cause(error, ContractFunctionRevertedError).data.args[1] === "allowance_not_supported");
});

test("keeps nonces in order and names a wrong one", async () => {
  const nonce = await reader.getTransactionCount({ address: alice.address, blockTag: "pending" });
  const later = await wallet.sendTransaction({ to: bob.address, value: 1n, nonce: nonce + 1, gas: 21_000n });
  const first = await wallet.sendTransaction({ to: bob.address, value: 1n, nonce, gas: 21_000n });
  const [one, two] = await Promise.all([mined(first), mined(later)]);
  assert.ok(one.blockNumber < two.blockNumber || one.transactionIndex < two.transactionIndex);
  await assert.rejects(wallet.sendTransaction({ to: bob.address, value: 1n, nonce, gas: 21_000n }),
    (error) => cause(error, NonceTooLowError) !== null);
  const poor = privateKeyToAccount(generatePrivateKey());
  await assert.rejects(wallet.sendTransaction({ account: poor, to: bob.address, value: parseEther("1"), gas: 21_000n, nonce: 0 }),
    (error) => cause(error, InsufficientFundsError) !== null);
});

test("accepts every envelope a wallet signs", async () => {
  const gasPrice = await reader.getGasPrice();
  const accessList = [{ address: bob.address, storageKeys: [`0x${"00".repeat(32)}`] }];
  for (const [type, fields] of [["legacy", { gasPrice }], ["eip2930", { gasPrice, accessList }], ["eip1559", { accessList }]]) {
    const hash = await wallet.sendTransaction({ type, to: bob.address, value: 1n, ...fields });
    assert.equal((await mined(hash)).status, "success");
    const found = await reader.getTransaction({ hash });
    assert.equal(found.type, type);
    assert.equal(found.chainId, chainId);
    assert.equal(found.gas, (await reader.getTransactionReceipt({ hash })).gasUsed);
  }
});

test("answers a sent transaction with its receipt in one call", async () => {
  const request = await wallet.prepareTransactionRequest({ to: bob.address, value: 2n });
  const receipt = await wallet.sendRawTransactionSync({ serializedTransaction: await wallet.signTransaction(request) });
  assert.equal(receipt.status, "success");
});

test("hears of blocks and logs over WebSocket and through filters", async () => {
  const heights = [];
  const heard = [];
  const polled = [];
  const stops = [
    listener.watchBlocks({ onBlock: ({ number }) => heights.push(number) }),
    listener.watchContractEvent({ address, abi, eventName: "Transfer", args: { to: bob.address }, onLogs: (logs) => heard.push(...logs) }),
    reader.watchContractEvent({ address, abi, eventName: "Transfer", args: { to: bob.address }, onLogs: (logs) => polled.push(...logs) }),
  ];
  await eventually("a first block", () => heights.length > 0);
  const { transactionHash, blockNumber } = await mined(await bank.write.transfer([bob.address, 33n]));
  for (const [how, logs] of [["subscribed", heard], ["polled", polled]]) {
    const log = await eventually(`the ${how} transfer`, () => logs.find(({ args }) => args.value === 33n));
    assert.equal(log.transactionHash, transactionHash);
  }
  await eventually("its block", () => heights.includes(blockNumber));
  stops.forEach((stop) => stop());
});

test("trades on the market: order, commitment, reveal", async () => {
  const at = { address: modules.market.address, abi: modules.market.abi };
  const market = getContract({ ...at, client: { public: reader, wallet } });
  const write = async (account, functionName, args, value = 0n) => {
    const { request } = await reader.simulateContract({ ...at, account, functionName, args, value });
    const { logs } = await mined(await wallet.writeContract(request));
    return (eventName) => parseEventLogs({ abi: at.abi, logs, eventName })[0].args;
  };

  const ask = async (name, ...args) => {  // several results come as a list: named by the ABI
    const { outputs } = at.abi.find((entry) => entry.name === name);
    const results = await market.read[name](args);
    return Object.fromEntries(outputs.map((output, i) => [output.name, results[i]]));
  };

  const { timestamp } = await reader.getBlock();
  const order = orderOf(timestamp + (await ask("getMarketParams")).minOrderS + 60n);
  const value = await market.read.quotePostOrder([terms.itemQuota, terms.pricePerItem]);
  await assert.rejects(market.simulate.postOrder(order, { account: alice, value: value + 1n }),
    (error) => cause(error, ContractFunctionRevertedError).data.args[1] === "wrong_value");
  const posted = (await write(alice, "postOrder", order, value))("OrderPosted");
  assert.equal(posted.buyer, alice.address);

  const made = submissionOf(["rain falls", "snow drifts"], { chainId, order: posted.order, contributor: bob.address });
  const bond = await market.read.quoteCommit([posted.order, BigInt(made.itemCount)]);
  const committed = (await write(bob, "commitSubmission", [posted.order, BigInt(made.itemCount), made.commitment], bond))("SubmissionCommitted");
  assert.equal(committed.bond, bond);

  const reveal = (salt) => [committed.submission, made.root, made.ciphertextRoot, made.keyHash, salt, "ipfs://work"];
  await assert.rejects(market.simulate.revealSubmission(reveal(made.root), { account: bob }),
    (error) => cause(error, ContractFunctionRevertedError).data.args[1] === "commitment_mismatch");
  const revealed = (await write(bob, "revealSubmission", reveal(made.salt)))("SubmissionRevealed");
  assert.deepEqual([revealed.order, revealed.root], [posted.order, made.root]);

  const kept = await ask("getOrder", posted.order);
  assert.deepEqual([kept.buyer, kept.itemQuota, kept.pricePerItem], [alice.address, terms.itemQuota, terms.pricePerItem]);
  const submission = await ask("getSubmission", committed.submission);
  assert.deepEqual([submission.contributor, submission.root, submission.itemCount], [bob.address, made.root, 2n]);
  const found = await market.getEvents.SubmissionRevealed({ order: posted.order }, { fromBlock: 0n });
  assert.deepEqual(found.map(({ args }) => args.submission), [committed.submission]);
});
