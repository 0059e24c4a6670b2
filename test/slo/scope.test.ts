import { it } from 'vitest';
import { expectBehaviour, expectValid, firing, ruleFiles, silent } from '../emit/prometheus/rules.js';
import { describeWithPromtool } from '../support/promtool.js';

const spec = (selector: string): string => `
version: 1
service: { name: shop, owner: web${selector} }
target: { prometheus: { scrapeInterval: 1m, evaluationInterval: 1m } }
labels:
  outcome: { description: How it ended., values: [ok, failed] }
metrics:
  orders_total: { type: counter, help: Orders., labels: [outcome] }
slis:
  orders: { events: { total: orders_total, good: 'orders_total{outcome="ok"}' } }
slos:
  orders: { sli: orders, objective: 99, period: 30d }
alerts:
  OrdersGone: { absent: { metric: orders_total }, for: 5m, severity: ticket, summary: No orders are exposed. }
`;

/** Another service exposes the same metric, and all of its orders fail. */
const elsewhere = {
  'orders_total{job="billing",outcome="ok"}': '0x120',
  'orders_total{job="billing",outcome="failed"}': '0+60x120',
};

describeWithPromtool('services that share a Prometheus', () => {
  it('are told apart by the selector', () => {
    const files = ruleFiles(spec(', selector: { job: shop }'));
    expectValid(files);
    expectBehaviour(files, {
      'the other fails': {
        series: { ...elsewhere, 'orders_total{job="shop",outcome="ok"}': '0+60x120' },
        expect: [silent('OrdersBudgetBurnPage', '90m'), silent('OrdersGone', '90m')],
      },
      'this one is gone': { series: elsewhere, expect: [firing('OrdersGone', '10m', 'job=shop')] },
    });
  });

  it('are one service without it', () => {
    const files = ruleFiles(spec(''));
    expectBehaviour(files, {
      'the other fails': {
        series: { ...elsewhere, 'orders_total{job="shop",outcome="ok"}': '0+60x120' },
        expect: [firing('OrdersBudgetBurnPage', '90m', 'slo=orders'), silent('OrdersGone', '90m')],
      },
    });
  });
});
