// A dapp on ethers 6: reads, sends, waits, listens and decodes refusals.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Contract, Interface, JsonRpcProvider, Wallet, WebSocketProvider, formatEther, isError, parseEther } from "ethers";
import { chainId, eventually, keys, modules, rpc, ws } from "./network.mjs";
import { orderOf, submissionOf, terms } from "./work.mjs";

const provider = new JsonRpcProvider(rpc, undefined, { cacheTimeout: -1, pollingInterval: 100 });
const socket = new WebSocketProvider(ws);
const [alice, bob] = keys.map((key) => new Wallet(key, provider));
const bank = new Contract(modules.bank.address, modules.bank.abi, alice);

after(async () => {
  provider.destroy();
  await socket.destroy();
});

test("connects and sees the chain", async () => {
  assert.equal((await provider.getNetwork()).chainId, BigInt(chainId));
  assert.equal((await socket.getNetwork()).chainId, BigInt(chainId));
  const height = await eventually("a second block", async () => (await provider.getBlockNumber()) > 1 && provider.getBlockNumber());
  const block = await provider.getBlock(height, true);
  assert.equal(block.number, height);
  assert.equal((await provider.getBlock(block.parentHash)).hash, block.parentHash);
  assert.equal(await provider.getBlock(10_000_000), null);
  assert.ok((await provider.getCode(modules.bank.address)).length > 2);
  assert.equal(await provider.getCode(bob.address), "0x");
});

test("reads balances as the account's and as the token's", async () => {
  const balance = await provider.getBalance(bob.address);
  assert.equal(formatEther(balance), "1000000.0");
  assert.equal(await bank.balanceOf(bob.address), balance);
  assert.equal(await bank.symbol(), "ASSAY");
  assert.equal(await bank.decimals(), 18n);
  const supply = await bank.getSupply();
  assert.equal(await bank.totalSupply(),
    supply.genesis + supply.minted - supply.burnedFees - supply.burnedOrders - supply.burnedSlashes - supply.burnedOther);
});

test("sends native tokens and accounts for every unit", async () => {
  const stranger = Wallet.createRandom().address;
  const before = await provider.getBalance(alice.address);
  const sent = await alice.sendTransaction({ to: stranger, value: parseEther("1.5") });
  const receipt = await sent.wait();
  assert.equal(receipt.status, 1);
  assert.equal(await provider.getBalance(stranger), parseEther("1.5"));
  assert.equal(before - (await provider.getBalance(alice.address)), parseEther("1.5") + receipt.fee);
  const found = await provider.getTransaction(sent.hash);
  assert.equal(found.blockHash, receipt.blockHash);
  assert.equal(found.type, 2);
  assert.equal((await receipt.getBlock()).transactions[receipt.index], sent.hash);
  assert.equal(await provider.getTransactionReceipt("0x" + "11".repeat(32)), null);
});

test("calls the token with an estimate and reads the event by ABI", async () => {
  const gas = await bank.transfer.estimateGas(bob.address, 5n);
  const receipt = await (await bank.transfer(bob.address, 5n)).wait();
  assert.ok(receipt.gasUsed <= gas);
  const transfers = receipt.logs.map((log) => bank.interface.parseLog(log)).filter((log) => log?.name === "Transfer");
  const [event] = transfers.filter(({ args }) => args.to === bob.address);  // the others are the fee's
  assert.deepEqual([...event.args], [alice.address, bob.address, 5n]);
  const mine = await bank.queryFilter(bank.filters.Transfer(alice.address, bob.address), receipt.blockNumber);
  assert.equal(mine.length, 1);
  assert.equal(mine[0].transactionHash, receipt.hash);
  const others = await bank.queryFilter(bank.filters.Transfer(bob.address, alice.address), receipt.blockNumber);
  assert.equal(others.length, 0);
});

test("decodes a refusal before sending", async () => {
  await assert.rejects(bank.transfer.staticCall(bob.address, 0n), (error) => {
    assert.ok(isError(error, "CALL_EXCEPTION"), error.code);
    assert.equal(error.revert.name, "Refused");
    assert.deepEqual([...error.revert.args], [110n, "amount_zero"]);
    return true;
  });
  for (const attempt of [() => bank.transfer.estimateGas(bob.address, 0n), () => bank.transfer(bob.address, 0n)])
    await assert.rejects(attempt, (error) => {
      assert.ok(isError(error, "CALL_EXCEPTION"), error.code);
      assert.equal(bank.interface.parseError(error.data).args.name, "amount_zero");
      return true;
    });
  await assert.rejects(bank.approve.staticCall(bob.address, 1n), (error) => error.revert.args.name === "allowance_not_supported");
});

test("keeps nonces in order and names a wrong one", async () => {
  const nonce = await alice.getNonce();
  const later = await alice.sendTransaction({ to: bob.address, value: 1n, nonce: nonce + 1, gasLimit: 50_000n });
  assert.equal(await provider.getTransactionReceipt(later.hash), null);
  const first = await alice.sendTransaction({ to: bob.address, value: 1n, nonce });
  const [one, two] = await Promise.all([first.wait(), later.wait()]);
  assert.ok(one.blockNumber < two.blockNumber || one.index < two.index);
  assert.equal(await alice.getNonce("pending"), nonce + 2);
  await assert.rejects(alice.sendTransaction({ to: bob.address, value: 1n, nonce }), (error) => isError(error, "NONCE_EXPIRED"));
  const poor = Wallet.createRandom().connect(provider);
  await assert.rejects(poor.sendTransaction({ to: bob.address, value: 1n, gasLimit: 50_000n }),
    (error) => isError(error, "INSUFFICIENT_FUNDS"));
});

test("accepts every envelope a wallet signs", async () => {
  const { gasPrice } = await provider.getFeeData();
  for (const envelope of [{ type: 0, gasPrice }, { type: 1, gasPrice, accessList: [{ address: bob.address, storageKeys: [] }] }, { type: 2 }]) {
    const sent = await alice.sendTransaction({ to: bob.address, value: 1n, ...envelope });
    assert.equal((await sent.wait()).status, 1);
    const found = await provider.getTransaction(sent.hash);
    assert.equal(found.type, envelope.type);
    assert.equal(found.from, alice.address);
    assert.equal(found.signature.serialized, sent.signature.serialized);
  }
});

test("hears of blocks and logs over WebSocket", async () => {
  const heights = [];
  const transfers = [];
  await socket.on("block", (height) => heights.push(height));
  const heard = new Contract(modules.bank.address, modules.bank.abi, socket);
  await heard.on(heard.filters.Transfer(alice.address), (event) => transfers.push(event));
  await eventually("a first block", () => heights.length > 0);
  const receipt = await (await bank.transfer(bob.address, 77n)).wait();
  const seen = await eventually("the transfer", () => transfers.find(({ args }) => args.value === 77n));
  assert.equal(seen.log.transactionHash, receipt.hash);
  await eventually("the transfer's block", () => heights.includes(receipt.blockNumber));
  await heard.removeAllListeners();
  await socket.removeAllListeners();
  await socket.send("eth_blockNumber", []);  // answered after the unsubscriptions, which nobody awaits
});

test("fails a message of an unknown kind by name", async () => {
  const guessed = [...modules.bank.abi, ...new Interface(["function nothing(uint256)"]).fragments];
  const unknown = new Contract(modules.bank.address, guessed, alice);
  await assert.rejects(unknown.nothing.staticCall(1n), (error) => error.revert?.args.name === "unknown_selector");
});

test("trades on the market: order, commitment, reveal", async () => {
  const market = new Contract(modules.market.address, modules.market.abi, alice);
  const work = market.connect(bob);
  const eventOf = (receipt, name) => receipt.logs.filter((log) => log.address.toLowerCase() === modules.market.address)
    .map((log) => market.interface.parseLog(log)).find((log) => log.name === name).args;

  const { timestamp } = await provider.getBlock("latest");
  const order = orderOf(BigInt(timestamp) + (await market.getMarketParams()).minOrderS + 60n);
  const value = await market.quotePostOrder(terms.itemQuota, terms.pricePerItem);
  await assert.rejects(market.postOrder.staticCall(...order, { value: value - 1n }), (error) => error.revert.args.name === "wrong_value");
  const posted = eventOf(await (await market.postOrder(...order, { value })).wait(), "OrderPosted");
  assert.equal(posted.buyer, alice.address);
  assert.equal(posted.specHash, terms.specHash);
  const id = posted.order;

  const made = submissionOf(["water boils", "ice melts", "steam rises"], { chainId, order: id, contributor: bob.address });
  const bond = await market.quoteCommit(id, made.itemCount);
  const committed = eventOf(await (await work.commitSubmission(id, made.itemCount, made.commitment, { value: bond })).wait(), "SubmissionCommitted");
  assert.deepEqual([committed.order, committed.contributor, committed.itemCount, committed.bond], [id, bob.address, 3n, bond]);

  const reveal = (salt) => [committed.submission, made.root, made.ciphertextRoot, made.keyHash, salt, "ipfs://work"];
  await assert.rejects(market.revealSubmission.staticCall(...reveal(made.salt)), (error) => error.revert.name === "Refused");
  await assert.rejects(work.revealSubmission.staticCall(...reveal(made.root)), (error) => error.revert.args.name === "commitment_mismatch");
  const revealed = eventOf(await (await work.revealSubmission(...reveal(made.salt))).wait(), "SubmissionRevealed");
  assert.deepEqual([revealed.submission, revealed.root, revealed.dataUri], [committed.submission, made.root, "ipfs://work"]);

  const kept = await market.getOrder(id);
  assert.deepEqual([kept.buyer, kept.specUri, kept.itemQuota, kept.pricePerItem], [alice.address, terms.specUri, terms.itemQuota, terms.pricePerItem]);
  const submission = await market.getSubmission(committed.submission);
  assert.deepEqual([submission.order, submission.contributor, submission.root, submission.itemCount], [id, bob.address, made.root, 3n]);
  const heard = await market.queryFilter(market.filters.SubmissionCommitted(null, id), 0);
  assert.equal(heard.length, 1);
});

test("includes a refusal that was sent anyway, and it only costs the fee", async () => {
  const market = new Contract(modules.market.address, modules.market.abi, alice);
  const before = await provider.getBalance(alice.address);
  const sent = await market.commitSubmission(10n ** 9n, 1, terms.specHash, { value: 5n, gasLimit: 200_000n });
  let receipt;
  await assert.rejects(sent.wait(), (error) => {
    receipt = error.receipt;
    return isError(error, "CALL_EXCEPTION");
  });
  assert.equal(receipt.status, 0);
  assert.equal(before - (await provider.getBalance(alice.address)), receipt.fee);
});
