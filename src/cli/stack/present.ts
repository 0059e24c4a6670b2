import type { Prepared } from '../../stack/run/native/prepare.js';
import type { RunningName } from '../../stack/run/state.js';
import { print, printError } from '../terminal.js';
import { columns } from './table.js';

/** What people find at a part's address. */
const whatFor: Partial<Record<RunningName, string>> = {
  prometheus: 'queries, rules, targets',
  alertmanager: 'alerts and silences',
  grafana: 'the dashboards',
  preview: 'the dashboards',
  pushgateway: 'for jobs that end before they are scraped',
  collector: 'its health',
  loki: 'logs',
  tempo: 'traces',
  jaeger: 'traces',
};

/** A part, and where it is found. */
export interface Shown {
  readonly part: RunningName;
  readonly url: string;
  readonly also?: Readonly<Record<string, string>> | undefined;
}

/** Prints where each part is found: what a script reads. */
export function presentAddresses(parts: readonly Shown[]): void {
  const rows = parts.flatMap(({ part, url, also }) => [
    [part, url === '' ? 'not published' : url, whatFor[part] ?? ''],
    ...(also?.['otlpHttp'] === undefined
      ? []
      : [['', also['otlpHttp'], 'takes OTLP over HTTP: OTEL_EXPORTER_OTLP_ENDPOINT']]),
  ]);
  print(columns(rows));
}

/** Says what runs on this machine, and what there is to know of it. */
export function presentNative(
  parts: readonly Shown[],
  { targets, notes }: Pick<Prepared, 'targets' | 'notes'>,
): void {
  presentAddresses(parts);
  printError(`scraped: ${targets.join(', ')}; --target HOST:PORT names another service\n`);
  for (const note of notes) printError(`note: ${note}\n`);
}
