import { diagnostic } from '../../diagnostics/create.js';
import { ruleGroupFiles } from '../../emit/prometheus/files.js';
import { printPromql } from '../../promql/print.js';
import { plainList } from '../../model/checks/words.js';
import type { ReadService } from '../fleet.js';
import type { FleetCheck } from './index.js';

interface Recorded {
  readonly service: ReadService;
  readonly name: string;
  /** Name and labels: what a sample is stored under, as far as the rule says. */
  readonly key: string;
  readonly path: string;
  readonly expr: string;
}

function recordsOf(service: ReadService): readonly Recorded[] {
  return ruleGroupFiles(service.model).flatMap(({ path, groups }) =>
    groups.flatMap(({ rules }) =>
      rules.flatMap((rule) => {
        if (rule.kind !== 'record') return [];
        const labels = [...rule.labels].sort(([a], [b]) => (a < b ? -1 : 1));
        const key = JSON.stringify([rule.record, labels]);
        return [{ service, name: rule.record, key, path, expr: printPromql(rule.expr) }];
      }),
    ),
  );
}

/** Whether the scrape tells the series of two services apart: some label has one value there and another one here. */
function areApart(a: ReadService, b: ReadService): boolean {
  const [first, second] = [a.model.service.selector, b.model.service.selector];
  return [...first].some(([label, value]) => second.has(label) && second.get(label) !== value);
}

/** Series named in a message. */
const most = 3;

/** OBS3722: no two services record one series. One rule that several of them bring in one file stands there once. */
export const recordedSeries: FleetCheck = function* (services) {
  const records = new Map(services.map((service) => [service, recordsOf(service)]));
  for (const [index, later] of services.entries()) {
    const own = new Map((records.get(later) ?? []).map((each) => [each.key, each]));
    for (const earlier of services.slice(0, index)) {
      // Services of one name have one name for everything: that is reported.
      if (areApart(earlier, later) || earlier.model.service.name === later.model.service.name) continue;
      const names = (records.get(earlier) ?? []).flatMap(({ key, path, expr, name }) => {
        const other = own.get(key);
        return other === undefined || (other.path === path && other.expr === expr) ? [] : [name];
      });
      const found = [...new Set(names)];
      if (found.length === 0) continue;
      const shown = found.slice(0, most).map((name) => `\`${name}\``);
      const more = found.length > most ? [`${found.length - most} more`] : [];
      yield diagnostic('OBS3722', {
        message: `${later.model.service.name} and ${earlier.model.service.name} both record ${plainList([...shown, ...more])}, and nothing tells their series apart`,
        range: later.model.service.origin.key,
        related: [{ range: earlier.model.service.origin.key, message: 'the other service' }],
        help: 'give both a `service.selector` in which a label differs: `selector: { job: NAME }`',
      });
    }
  }
};
