// Owns the seeded source of random values: SHA-256 in counter mode, the same in every run.
import { createHash } from 'node:crypto';

export class Random {
  constructor(seed) {
    this.seed = seed;
    this.counter = 0;
    this.pool = Buffer.alloc(0);
  }
  buffer(count) {
    while (this.pool.length < count) {
      const block = createHash('sha256').update(`${this.seed}:${this.counter++}`).digest();
      this.pool = Buffer.concat([this.pool, block]);
    }
    const out = this.pool.subarray(0, count);
    this.pool = this.pool.subarray(count);
    return out;
  }
  hex(count) {
    return '0x' + this.buffer(count).toString('hex');
  }
  below(limit) {
    return Number(this.buffer(6).readUIntBE(0, 6) % limit);
  }
  pick(items) {
    return items[this.below(items.length)];
  }
  // Up to `bits` bits; the extremes come often, since encoders go wrong there.
  unsigned(bits) {
    const max = (1n << BigInt(bits)) - 1n;
    const kind = this.below(8);
    if (kind === 0) return 0n;
    if (kind === 1) return max;
    if (kind === 2) return BigInt(this.below(256)) & max;
    return BigInt(this.hex(32)) >> BigInt(256 - 1 - this.below(bits));
  }
  signed(bits) {
    const half = 1n << BigInt(bits - 1);
    const kind = this.below(6);
    if (kind === 0) return -half;
    if (kind === 1) return half - 1n;
    return this.unsigned(bits - 1) * (kind % 2 === 0 ? 1n : -1n);
  }
  bytes(most) {
    return this.hex(this.pick([0, 1, 31, 32, 33, this.below(most + 1)]));
  }
  text() {
    const letters = [
      ...'abcXYZ 019_-"\\/\n\t{}',
      'é',
      'ß',
      '漢',
      '字',
      '🙂',
      '\u0001',
      '\u07ff',
      '\uffff',
    ];
    const length = this.pick([0, 1, 31, 32, this.below(70)]);
    return Array.from({ length }, () => this.pick(letters)).join('');
  }
}
