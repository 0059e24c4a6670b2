import { painter } from '../../../diagnostics/render/style.js';
import { printJson } from '../../../encode/json.js';
import { grouped } from '../../../model/checks/words.js';
import { shownSpot } from '../place.js';
import type { Unused } from '../unused.js';
import { columns, counted } from './columns.js';

/** What was looked at beside the specs, and what of it could not be read. */
export interface Looked {
  readonly queries: number;
  /** Files of code; undefined where none was looked at. */
  readonly code: number | undefined;
  readonly faults: readonly string[];
}

function lookedAt({ queries, code }: Looked): string {
  const parts = [
    ...(queries > 0 ? [counted(queries, 'query').replace('querys', 'queries')] : []),
    ...(code === undefined ? [] : [`${counted(code, 'file')} of code`]),
  ];
  return parts.length === 0 ? '' : `; looked at ${parts.join(' and ')} beside the specs`;
}

/** What nothing needs, for a terminal. */
export function unusedPretty(entries: readonly Unused[], looked: Looked, color: boolean): string {
  const paint = painter(color);
  const several = new Set(entries.map(({ service }) => service)).size > 1;
  const lines = columns(
    entries.map(({ kind, name, why, service, series, file, line }) => [
      kind,
      name,
      ...(several ? [service] : []),
      shownSpot({ file, line }),
      `${why}${series > 0 ? ` (up to ${grouped(series)} series)` : ''}`,
    ]),
  );
  const faults = looked.faults.map((fault) => `${paint('warning', 'not read')}: ${fault}`);
  const head = entries.length === 0 ? 'nothing is unused' : `${entries.length} unused`;
  return [...lines, ...faults, paint('strong', `${head}${lookedAt(looked)}`), ''].join('\n');
}

/** The same for programs. */
export function unusedJson(entries: readonly Unused[], looked: Looked): string {
  return printJson({
    version: 1,
    looked: { queries: looked.queries, code: looked.code, notRead: looked.faults },
    entries: entries.map(({ service, kind, name, why, owner, series, file, line }) => ({
      ...{ service, kind, name, why, owner, series, file, line },
    })),
  });
}
