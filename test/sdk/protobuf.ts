/** A field of a protobuf message: its number and its value as the wire has it. */
export interface Field {
  readonly number: number;
  readonly value: bigint | Buffer;
}

/** The fields of a message: https://protobuf.dev/programming-guides/encoding/ */
export function fieldsOf(bytes: Buffer): Field[] {
  const fields: Field[] = [];
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined) throw new Error('the message ends within a number');
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const take = (length: number): Buffer => {
    if (at + length > bytes.length) throw new Error('the message ends within a field');
    return bytes.subarray(at, (at += length));
  };
  while (at < bytes.length) {
    const key = varint();
    const number = Number(key >> 3n);
    const wire = Number(key & 7n);
    if (wire === 0) fields.push({ number, value: varint() });
    else if (wire === 1) fields.push({ number, value: take(8).readBigUInt64LE() });
    else if (wire === 2) fields.push({ number, value: take(Number(varint())) });
    else if (wire === 5) fields.push({ number, value: BigInt(take(4).readUInt32LE()) });
    else throw new Error(`unknown wire type ${wire}`);
  }
  return fields;
}

/** The parts of a message that have a number: messages, texts and bytes. */
export function partsOf(fields: readonly Field[], number: number): Buffer[] {
  return fields.flatMap((field) =>
    field.number === number && Buffer.isBuffer(field.value) ? [field.value] : [],
  );
}

export function textOf(fields: readonly Field[], number: number): string {
  return partsOf(fields, number)[0]?.toString('utf8') ?? '';
}

export function numberOf(fields: readonly Field[], number: number): number {
  const found = fields.find((field) => field.number === number)?.value;
  return typeof found === 'bigint' ? Number(found) : 0;
}
