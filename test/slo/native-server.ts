import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** Bytes of a number that is not negative, as protobuf writes it. */
function varint(value: number): readonly number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return [...bytes, rest];
}

const zigzag = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value);
const numberField = (field: number, value: number): readonly number[] => [
  ...varint(field * 8),
  ...varint(value),
];

function bytesField(field: number, bytes: readonly number[]): readonly number[] {
  return [...varint(field * 8 + 2), ...varint(bytes.length), ...bytes];
}

const textField = (field: number, text: string): readonly number[] =>
  bytesField(field, [...Buffer.from(text)]);

function doubleField(field: number, value: number): readonly number[] {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return [...varint(field * 8 + 1), ...bytes];
}

/** Counts of observations in buckets of powers of two: `[-3, 75]` is 75 of more than 1/16 and at most 1/8. Indices ascend. */
export type Buckets = readonly (readonly [index: number, count: number])[];

/** A native histogram of schema 0, io.prometheus.client.Histogram. */
function histogram(buckets: Buckets): readonly number[] {
  const spans: number[] = [];
  const deltas: number[] = [];
  let [next, before] = [0, 0];
  for (const [position, [index, count]] of buckets.entries()) {
    const offset = position === 0 ? index : index - next;
    spans.push(...bytesField(12, [...numberField(1, zigzag(offset)), ...numberField(2, 1)]));
    deltas.push(...varint(zigzag(count - before)));
    [next, before] = [index + 1, count];
  }
  const total = buckets.reduce((sum, [, count]) => sum + count, 0);
  return [
    ...numberField(1, total),
    ...doubleField(2, total),
    ...numberField(5, zigzag(0)),
    ...doubleField(6, 1e-9),
    ...numberField(7, 0),
    ...spans,
    ...bytesField(13, deltas),
  ];
}

/** A page of one family of native histograms, in the only format that has them. */
function page(
  name: string,
  series: readonly { readonly route: string; readonly buckets: Buckets }[],
): Buffer {
  const metrics = series.flatMap(({ route, buckets }) => {
    const label = bytesField(1, [...textField(1, 'route'), ...textField(2, route)]);
    return bytesField(4, [...label, ...bytesField(7, histogram(buckets))]);
  });
  const family = [...textField(1, name), ...textField(2, 'Time.'), ...numberField(3, 4), ...metrics];
  return Buffer.from([...varint(family.length), ...family]);
}

/** A service that exposes a native histogram. @param series what it has counted by now */
export async function nativeServer(
  name: string,
  series: () => Parameters<typeof page>[1],
): Promise<{ readonly host: string; readonly server: Server }> {
  const server = createServer((_request, response) => {
    response.setHeader(
      'content-type',
      'application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited',
    );
    response.end(page(name, series()));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { host: `127.0.0.1:${port}`, server };
}
