import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes a spec without a finding, with one counter or more, to observability.yaml of a folder; returns its text. */
export function writeSpec(folder: string, counters = 1): string {
  const metrics = Array.from(
    { length: counters },
    (_, index) =>
      `  orders_${index}_total: { type: counter, help: Orders of kind ${index}., labels: [result] }\n`,
  );
  const text = `version: 1
service: { name: shop, owner: shop-team }
labels:
  result: { description: How the order ended., values: [ok, failed] }
metrics:
${metrics.join('')}`;
  writeFileSync(join(folder, 'observability.yaml'), text);
  return text;
}
