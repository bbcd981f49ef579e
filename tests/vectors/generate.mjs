// Owns the vectors of every outward encoding, as ethers and viem make them. `npm run generate`
// writes the same bytes each time; where both libraries can make a value they must agree.
import { writeFileSync } from 'node:fs';

import {
  AbiCoder,
  Interface,
  SigningKey,
  Transaction,
  TypedDataEncoder,
  computeAddress,
  concat,
  encodeRlp,
  id,
  keccak256,
} from 'ethers';
import * as viem from 'viem';
import { privateKeyToAccount } from 'viem/accounts';

import { Random } from './random.mjs';
import { abiParam, abiParams, randomValue, structs, typedData } from './schema.mjs';
import { bip44, keystores } from './wallets.mjs';

const cases = 60;

function agree(what, a, b) {
  if (a !== b) throw new Error(`ethers and viem disagree about ${what}:\n${a}\n${b}`);
  return a;
}

function write(name, head, rows) {
  const members = Object.entries(head).map(([key, value]) => `"${key}":${JSON.stringify(value)},`);
  const lines = rows.map((row) => JSON.stringify(row)).join(',\n');
  const text = `{${members.join('')}"cases":[\n${lines}\n]}\n`;
  writeFileSync(new URL(`${name}.json`, import.meta.url), text);
}

const coder = AbiCoder.defaultAbiCoder();
const everything = {
  type: 'function',
  name: 'everything',
  inputs: abiParams(structs.Everything),
  outputs: [],
  stateMutability: 'payable',
};
const leavesOf = {
  type: 'function',
  name: 'leavesOf',
  inputs: [{ name: 'owner', type: 'address' }],
  outputs: [abiParam('', { list: { struct: 'Leaf' } })],
  stateMutability: 'view',
};
const unindexed = [abiParam('leaf', { struct: 'Leaf' }), { name: 'total', type: 'uint64' }];
const seen = {
  type: 'event',
  name: 'Seen',
  inputs: [
    { name: 'longText', type: 'string', indexed: true },
    { name: 'who', type: 'address', indexed: true },
    { name: 'counts', type: 'uint32[]', indexed: true },
    ...unindexed.map((param) => ({ ...param, indexed: false })),
  ],
  anonymous: false,
};
const refused = {
  type: 'error',
  name: 'Refused',
  inputs: [
    { name: 'code', type: 'uint16' },
    { name: 'name', type: 'string' },
  ],
};
const published = [everything, leavesOf, seen, refused];

function event(random, topic) {
  const value = {
    longText: random.text(),
    who: random.hex(20),
    counts: randomValue(random, { list: 'uint32' }),
    leaf: randomValue(random, { struct: 'Leaf' }),
    total: randomValue(random, 'uint64'),
  };
  const simple = { ...seen, inputs: seen.inputs.slice(0, 2) };
  const [, text, who] = viem.encodeEventTopics({ abi: [simple], eventName: 'Seen', args: value });
  agree('a topic', text, id(value.longText));
  // Neither library makes the topic of an indexed array: the keccak of its items, one word each.
  const counts = keccak256(concat(value.counts.map((count) => coder.encode(['uint32'], [count]))));
  const rest = [value.leaf, value.total];
  const data = agree(
    'event data',
    coder.encode(unindexed, rest),
    viem.encodeAbiParameters(unindexed, rest),
  );
  return { value, topics: [topic, text, who, counts], data };
}

function abi() {
  const random = new Random('abi');
  const ethers = new Interface(published);
  const rows = Array.from({ length: cases }, () => {
    const value = randomValue(random, { struct: 'Everything' });
    const args = Object.values(value);
    const call = agree(
      'a call',
      ethers.encodeFunctionData('everything', args),
      viem.encodeFunctionData({ abi: published, functionName: 'everything', args }),
    );
    const result = randomValue(random, { list: { struct: 'Leaf' } });
    const returned = agree(
      'a result',
      ethers.encodeFunctionResult('leavesOf', [result]),
      viem.encodeFunctionResult({ abi: published, functionName: 'leavesOf', result }),
    );
    return {
      value,
      call,
      leaves: result,
      returned,
      seen: event(random, ethers.getEvent('Seen').topicHash),
    };
  });
  const args = [211, 'nonce_mismatch'];
  const data = agree(
    'an error',
    ethers.encodeErrorResult('Refused', args),
    viem.encodeErrorResult({ abi: published, errorName: 'Refused', args }),
  );
  write(
    'abi',
    {
      abi: published,
      signature: ethers.getFunction('everything').format(),
      viewSelector: ethers.getFunction('leavesOf').selector,
      refused: { code: args[0], name: args[1], data },
    },
    rows,
  );
}

function rlp() {
  const random = new Random('rlp');
  const item = (depth) => {
    if (depth > 0 && random.below(2) === 0)
      return Array.from({ length: random.pick([0, 1, 2, 3, 20]) }, () => item(depth - 1));
    if (random.below(3) === 0) return '0x' + random.below(256).toString(16).padStart(2, '0');
    return random.hex(random.pick([0, 1, 2, 20, 32, 54, 55, 56, 57, random.below(300)]));
  };
  const fixed = [
    '0x',
    [],
    '0x00',
    '0x7f',
    '0x80',
    [[], [[]], [[], [[]]]],
    '0x' + '61'.repeat(65536),
    ['0x' + '62'.repeat(256)],
  ];
  const values = [...fixed, ...Array.from({ length: cases }, (_, i) => item(i % 5))];
  write(
    'rlp',
    {},
    values.map((value) => ({ value, rlp: agree('RLP', encodeRlp(value), viem.toRlp(value)) })),
  );
}

// What stands on the wire; ethers knows it only after parsing.
function legacyV(tx) {
  const { networkV, v } = Transaction.from(tx.serialized).signature;
  return networkV ?? v;
}

async function envelope() {
  const random = new Random('envelope');
  const rows = [];
  for (let i = 0; i < 2 * cases; ++i) {
    const type = i % 4 === 3 ? 0 : i % 4;
    const chainId =
      i % 4 === 3 ? null : random.pick([1, 1337, 7001, 2 ** 32, random.below(2 ** 48) + 1]);
    const fee = random.unsigned(128);
    const tip = type === 2 ? fee >> BigInt(random.below(20)) : fee;
    const to = random.below(6) === 0 ? null : random.hex(20);
    const accessList =
      type === 0
        ? []
        : Array.from({ length: random.below(3) }, () => ({
            address: random.hex(20),
            storageKeys: Array.from({ length: random.below(3) }, () => random.hex(32)),
          }));
    const fields = {
      type,
      nonce: Number(random.unsigned(53)),
      gasLimit: random.unsigned(64),
      to,
      value: random.unsigned(128),
      data: random.bytes(400),
    };
    const privateKey = random.hex(32);
    const tx = Transaction.from({
      ...fields,
      ...(chainId === null ? {} : { chainId }),
      ...(type === 0 ? {} : { accessList }),
      ...(type === 2 ? { maxFeePerGas: fee, maxPriorityFeePerGas: tip } : { gasPrice: fee }),
    });
    tx.signature = new SigningKey(privateKey).sign(tx.unsignedHash);
    const raw = await privateKeyToAccount(privateKey).signTransaction({
      type: ['legacy', 'eip2930', 'eip1559'][type],
      nonce: fields.nonce,
      gas: fields.gasLimit,
      to,
      value: fields.value,
      data: fields.data,
      ...(chainId === null ? {} : { chainId }),
      ...(type === 0 ? {} : { accessList }),
      ...(type === 2 ? { maxFeePerGas: fee, maxPriorityFeePerGas: tip } : { gasPrice: fee }),
    });
    agree('an envelope', tx.serialized, raw);
    rows.push({
      type,
      chainId: chainId === null ? null : String(chainId),
      nonce: String(fields.nonce),
      maxPriorityFeePerGas: String(tip),
      maxFeePerGas: String(fee),
      gasLimit: String(fields.gasLimit),
      to,
      value: String(fields.value),
      data: fields.data,
      accessList,
      v: String(type === 0 ? legacyV(tx) : tx.signature.yParity),
      yParity: tx.signature.yParity,
      r: tx.signature.r,
      s: tx.signature.s,
      privateKey,
      raw: tx.serialized,
      hash: tx.hash,
      signingHash: tx.unsignedHash,
      from: computeAddress(privateKey).toLowerCase(),
    });
  }
  write('envelope', {}, rows);
}

async function eip712() {
  const random = new Random('eip712');
  const types = typedData('Everything');
  const encoder = TypedDataEncoder.from(types);
  const rows = [];
  for (let i = 0; i < cases; ++i) {
    const domain = {
      name: random.text(),
      version: String(random.below(9)),
      chainId: random.below(2 ** 48),
      verifyingContract: random.hex(20),
    };
    const message = randomValue(random, { struct: 'Everything' });
    const privateKey = random.hex(32);
    const digest = agree(
      'a digest',
      TypedDataEncoder.hash(domain, types, message),
      viem.hashTypedData({ domain, types, primaryType: 'Everything', message }),
    );
    const signature = await privateKeyToAccount(privateKey).signTypedData({
      domain,
      types,
      primaryType: 'Everything',
      message,
    });
    agree('a signature', new SigningKey(privateKey).sign(digest).serialized, signature);
    rows.push({
      domain,
      message,
      domainSeparator: TypedDataEncoder.hashDomain(domain),
      structHash: encoder.hash(message),
      digest,
      privateKey,
      signature,
    });
  }
  const EIP712Domain = TypedDataEncoder.getPayload(
    { name: '', version: '', chainId: 1, verifyingContract: '0x' + '00'.repeat(20) },
    types,
    rows[0].message,
  ).types.EIP712Domain;
  write(
    'eip712',
    { encodeType: encoder.encodeType('Everything'), types: { EIP712Domain, ...types } },
    rows,
  );
}

abi();
rlp();
await envelope();
await eip712();
write('bip44', {}, bip44(cases));
write('keystore', {}, keystores(cases));
