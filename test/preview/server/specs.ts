import { execFile } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Sample } from '../../../src/preview/sample/index.js';
import { modelOf } from '../../support/model.js';

/** A spec with a dashboard of its own. */
export const shopSpec = `version: 1
service: { name: shop, owner: shop-team }
metrics:
  orders_total: { type: counter, help: Orders. }
  stock: { type: gauge, help: Things in stock. }
dashboards:
  orders:
    title: Orders
    rows:
      - title: All
        panels:
          - { title: Orders, metric: orders_total }
          - { title: Stock, metric: stock }
`;

/** Its model, with one more metric where asked for. */
export function shopModel(more = ''): ReturnType<typeof modelOf> {
  return modelOf(shopSpec.replace('dashboards:', `${more}dashboards:`));
}

/** Two hours of data that is easily told: `stock` has the value given, and `orders_total` grows by one a second. */
export function smallSample(end: number, stock: number): Sample {
  const start = end - 2 * 3600;
  const middle = end - 3600;
  const labels = 'job="shop",instance="shop:9464"';
  return {
    start,
    end,
    *openMetrics(part = 'recent') {
      const [from, to] = [part === 'recent' ? middle : start, end];
      let [orders, stocks] = ['# TYPE orders counter\n', '# TYPE stock gauge\n'];
      for (let time = from; time <= to; time += 15) {
        orders += `orders_total{${labels}} ${time - start} ${time}\n`;
        stocks += `stock{${labels}} ${stock} ${time}\n`;
      }
      yield `${orders}${stocks}# EOF\n`;
    },
    async writeBlocks(folder, part) {
      const text = join(folder, 'sample.om');
      writeFileSync(text, [...this.openMetrics(part)].join(''));
      await promisify(execFile)('promtool', ['tsdb', 'create-blocks-from', 'openmetrics', text, folder]);
      rmSync(text);
    },
    logs: (filter) => [{ time: end * 1000, level: 'info', fields: { message: filter ?? 'all' } }],
    traces: () => [{ traceId: 'a'.repeat(32), name: 'order', start: end * 1000, duration: 12, status: 'ok' }],
  };
}
