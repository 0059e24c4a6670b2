import { it } from 'vitest';
import { expectBehaviour, expectValid, firing, ruleFiles, silent } from '../emit/prometheus/rules.js';
import { describeWithPromtool } from '../support/promtool.js';

const spec = (scrape: string): string => `
version: 1
service: { name: shop }
target: { prometheus: { scrapeInterval: ${scrape}, evaluationInterval: 30s } }
metrics:
  sandbox_up: { type: gauge, help: Up., range: [0, 1] }
slis:
  up: { boolean: sandbox_up }
slos:
  up: { sli: up, objective: 99.99, period: 30d }
`;

describeWithPromtool('objectives on time that are stricter than a scrape', () => {
  it('do not page for a single bad scrape, and do for the second', () => {
    // Over an hour 0.144 % is 5 s: a single evaluation is more than that already.
    const files = ruleFiles(spec('1m'));
    expectValid(files);
    expectBehaviour(
      files,
      {
        once: {
          series: { sandbox_up: '1x120 0 1x60' },
          expect: ['2h1m', '2h2m', '2h3m', '2h10m'].map((at) => silent('UpBudgetBurnPage', at)),
        },
        twice: {
          series: { sandbox_up: '1x120 0x1 1x60' },
          expect: [silent('UpBudgetBurnPage', '2h1m'), firing('UpBudgetBurnPage', '2h3m', 'slo=up')],
        },
      },
      '30s',
    );
  });
});
