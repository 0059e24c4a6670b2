import type { Model } from '../model/model.js';

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** What a spec describes, in one line: `12 metrics, 3 spans, 2 SLOs, 4 alerts, 1 dashboard`. */
export function describeModel(model: Model): string {
  const parts = [
    count(model.metrics.size, 'metric', 'metrics'),
    count(model.spans.size, 'span', 'spans'),
    count(model.slos.size, 'SLO', 'SLOs'),
    count(model.alerts.size, 'alert', 'alerts'),
    count(model.dashboards.size, 'dashboard', 'dashboards'),
  ];
  return parts.join(', ');
}

/** `; 3 findings in the baseline`, where there is one. */
export function inBaseline(accepted: number | undefined): string {
  if (accepted === undefined) return '';
  return `; ${accepted} ${accepted === 1 ? 'finding' : 'findings'} in the baseline`;
}
