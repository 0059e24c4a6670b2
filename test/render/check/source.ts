import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { analyse } from '../../../src/analyse.js';
import { allDashboards } from '../../../src/dashboards/index.js';
import { hasErrors } from '../../../src/diagnostics/create.js';
import { renderPretty } from '../../../src/diagnostics/render/pretty.js';
import { buildDashboard } from '../../../src/emit/grafana/build.js';
import { startPreview } from '../../../src/preview/index.js';
import type { Options } from './options.js';

/** Dashboards, and the Prometheus that has data for them. */
export interface Source {
  /** Tells the pictures of one source from another's. */
  readonly name: string;
  /** The dashboards' JSON, by name. */
  readonly boards: ReadonlyMap<string, string>;
  /** Below which `/api/v1` is. */
  readonly prometheus: string;
  /** Seconds since 1970 where made-up data ends; null: live. */
  readonly now: number | null;
  /** Seconds between two scrapes. */
  readonly scrapeInterval: number;
  close(): Promise<void>;
}

/** Where made-up data ends, in seconds since 1970, a Saturday's afternoon: a picture must not depend on the day. */
const now = 1_795_266_000;

/** The dashboards of a spec, with the made-up data that `obs-gen preview --sample` shows. */
async function ofSpec(path: string): Promise<Source> {
  const today = new Date().toISOString().slice(0, 10);
  const { model, diagnostics } = analyse(path, today);
  if (model === undefined || hasErrors(diagnostics))
    throw new Error(renderPretty(diagnostics, { color: false }));
  const preview = await startPreview({ model, problems: [], port: 0, now, page: [dirname(path)] });
  await preview.ready;
  const boards = allDashboards(model).map(
    (board) => [board.name, JSON.stringify(buildDashboard(model, board))] as const,
  );
  return {
    name: model.service.name,
    boards: new Map(boards),
    prometheus: new URL('/prometheus', preview.url).href,
    now,
    scrapeInterval: model.target.prometheus.scrapeInterval.seconds,
    close: () => preview.close(),
  };
}

/** Dashboards in files, with what a running Prometheus has. */
function ofFiles({ boards, prometheus = '', scrapeInterval }: Options): Source {
  const read = boards.map((path) => [basename(path, '.json'), readFileSync(path, 'utf8')] as const);
  return {
    name: 'boards',
    boards: new Map(read),
    prometheus: prometheus.replace(/\/$/, ''),
    now: null,
    scrapeInterval,
    close: () => Promise.resolve(),
  };
}

/** What is to be drawn, one source after the other: each has a Prometheus of its own. */
export async function* sources(options: Options): AsyncIterable<Source> {
  if (options.boards.length > 0) yield ofFiles(options);
  for (const spec of options.specs) yield await ofSpec(spec);
}
