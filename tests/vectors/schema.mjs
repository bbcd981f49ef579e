// Owns the structs that the ABI and EIP-712 vectors use; tests/chain/codec/vector_types.hpp
// describes the same ones.
const many = (type) => ({ list: type });
const fixed = (type, count) => ({ list: type, count });

export const structs = {
  Leaf: { weight: 'uint32', label: 'string', amount: 'uint256' },
  Point: { x: 'int64', y: 'int32', isOn: 'bool' },
  Numbers: {
    flag: 'bool',
    u8: 'uint8',
    u16: 'uint16',
    u32: 'uint32',
    u64: 'uint64',
    i8: 'int8',
    i16: 'int16',
    i32: 'int32',
    i64: 'int64',
    shade: { enum: 'Shade' },
    ownerAddress: 'address',
    tag: 'bytes4',
    digest: 'bytes32',
    amount: 'uint256',
  },
  Everything: {
    numbers: { struct: 'Numbers' },
    blob: 'bytes',
    longText: 'string',
    counts: many('uint64'),
    blobs: many('bytes'),
    texts: many('string'),
    hashes: many('bytes32'),
    flags: many('bool'),
    owners: many('address'),
    leaf: { struct: 'Leaf' },
    point: { struct: 'Point' },
    leaves: many({ struct: 'Leaf' }),
    points: many({ struct: 'Point' }),
    triple: fixed('uint16', 3),
    pair: fixed('string', 2),
    grid: many(many('uint32')),
    corners: fixed({ struct: 'Point' }, 2),
    shades: many({ enum: 'Shade' }),
    lastOne: 'uint8',
  },
};

// "tuple[]" with components and internalType, as solc publishes it.
export function abiParam(name, type) {
  if (typeof type === 'string') return { name, type };
  if (type.enum) return { name, type: 'uint8', internalType: `enum ${type.enum}` };
  if (type.struct)
    return {
      name,
      type: 'tuple',
      internalType: `struct ${type.struct}`,
      components: abiParams(structs[type.struct]),
    };
  const item = abiParam(name, type.list);
  const suffix = `[${type.count ?? ''}]`;
  item.type += suffix;
  if (item.internalType) item.internalType += suffix;
  return item;
}
export const abiParams = (fields) =>
  Object.entries(fields).map(([name, type]) => abiParam(name, type));

function typedName(type) {
  if (typeof type === 'string') return type;
  if (type.enum) return 'uint8';
  if (type.struct) return type.struct;
  return `${typedName(type.list)}[${type.count ?? ''}]`;
}
// The `types` of a typed-data document that has `primary` as its message.
export function typedData(primary) {
  const out = {};
  const visit = (type) => {
    if (typeof type === 'string' || type.enum) return;
    if (type.list) return visit(type.list);
    if (out[type.struct]) return;
    const fields = Object.entries(structs[type.struct]);
    out[type.struct] = fields.map(([name, field]) => ({ name, type: typedName(field) }));
    fields.forEach(([, field]) => visit(field));
  };
  visit({ struct: primary });
  return out;
}

// A random value in the JSON form of the chain: numbers of 64 bits and more as decimal strings.
export function randomValue(random, type) {
  if (type.enum) return random.below(256);
  if (type.struct)
    return Object.fromEntries(
      Object.entries(structs[type.struct]).map(([name, field]) => [
        name,
        randomValue(random, field),
      ]),
    );
  if (type.list)
    return Array.from({ length: type.count ?? random.pick([0, 1, 2, 3]) }, () =>
      randomValue(random, type.list),
    );
  if (type === 'bool') return random.below(2) === 1;
  if (type === 'string') return random.text();
  if (type === 'bytes') return random.bytes(80);
  if (type === 'address') return random.hex(20);
  if (type.startsWith('bytes')) return random.hex(Number(type.slice(5)));
  const bits = Number(type.replace(/\D+/, ''));
  const number = type.startsWith('int')
    ? random.signed(bits)
    : random.unsigned(Math.min(bits, 128));
  return bits >= 64 ? String(number) : Number(number);
}
