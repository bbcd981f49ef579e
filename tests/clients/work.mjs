// Owns what a contributor's tool computes before it talks to the chain: the item tree and the commitment.
import { createHash, randomBytes } from "node:crypto";

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();
const hex = (bytes) => "0x" + bytes.toString("hex");
const bytes = (text) => Buffer.from(text.slice(2), "hex");

function u64(value) {
  const out = Buffer.alloc(8);
  out.writeBigUInt64BE(BigInt(value));
  return out;
}

// RFC 6962: the left subtree takes the largest power of two below the count.
function root(leaves) {
  if (leaves.length === 1) return sha256(Buffer.of(0), leaves[0]);
  let left = 1;
  while (left * 2 < leaves.length) left *= 2;
  return sha256(Buffer.of(1), root(leaves.slice(0, left)), root(leaves.slice(left)));
}

export const sha256Of = (text) => hex(sha256(Buffer.from(text)));

// Original items: the content id is the hash of the payload; a leaf is index, content id, payload hash.
export function submissionOf(texts, { chainId, order, contributor }) {
  const salt = randomBytes(32);
  const leaves = texts.map((text, index) => {
    const payload = Buffer.from(text);
    return Buffer.concat([u64(index), sha256(payload), sha256("assay/payload/1", randomBytes(32), payload)]);
  });
  const tree = root(leaves);
  const zero = Buffer.alloc(32);
  const commitment = sha256("assay/commit/1", u64(chainId), u64(order), bytes(contributor), u64(texts.length), tree, zero, zero, salt);
  return { itemCount: texts.length, commitment: hex(commitment), root: hex(tree), ciphertextRoot: hex(zero), keyHash: hex(zero), salt: hex(salt) };
}

// What every client asks for: the arguments of postOrder but for the deadline.
export const terms = {
  specHash: sha256Of("two sentences on one subject, in plain words"), specUri: "https://example.org/spec.md", itemQuota: 10n,
  pricePerItem: 10n ** 18n, policy: 0, itemKind: 0, maxPayloadBytes: 1024, contributorCap: 0n,
};
export const orderOf = (deadlineS) => [terms.specHash, terms.specUri, terms.itemQuota, terms.pricePerItem, terms.policy, terms.itemKind,
  terms.maxPayloadBytes, terms.contributorCap, deadlineS];
