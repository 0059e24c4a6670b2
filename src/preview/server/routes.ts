import type { GrafanaDashboard } from '../../emit/grafana/dashboard.js';
import type { Data } from '../prometheus/data.js';
import type { Sample } from '../sample/index.js';
import { json, refused, type Answer } from './answer.js';
import { assetAnswer, type Assets } from './assets.js';
import { documentAnswer } from './document.js';
import { proxyAnswer } from './proxy.js';
import type { PreviewState } from './state.js';

/** What there is to show, as it is now. */
export interface Content {
  readonly data: Data;
  state(): PreviewState;
  board(name: string): GrafanaDashboard | undefined;
  /** Undefined with a Prometheus that runs already: its logs and traces are not ours to make up. */
  sample(): Promise<Sample | undefined>;
}

/** Characters of a query for logs or traces. */
const longestQuery = 16_384;

/** Names of dashboards are keys of the spec. */
const boardPath = /^\/api\/dashboards\/([A-Za-z0-9_.-]{1,200})$/;

async function madeUp(
  kind: 'logs' | 'traces',
  content: Content,
  parameters: URLSearchParams,
): Promise<Answer> {
  const sample = await content.sample();
  if (sample === undefined)
    return refused(
      404,
      `the preview shows ${kind} for made-up data alone: with a Prometheus that runs, look in Grafana`,
    );
  const query = parameters.get('query') ?? '';
  if (query.length > longestQuery) return refused(400, 'the query is too long');
  if (kind === 'traces') return json({ traces: query === '' ? sample.traces() : sample.traces(query) });
  return json({ lines: query === '' ? sample.logs() : sample.logs(query) });
}

/** Answers a request that is admitted; what is not in the list below is not there. */
export async function route(
  content: Content,
  assets: Assets,
  { pathname: path, searchParams }: URL,
  signal: AbortSignal,
): Promise<Answer> {
  if (path === '/')
    return (
      documentAnswer(assets) ?? refused(500, 'the page of the preview is missing: install obs-gen again')
    );
  if (path.startsWith('/assets/')) return assetAnswer(assets, path) ?? refused(404, 'there is no such file');
  if (path === '/api/state') return json(content.state());
  if (path === '/api/logs') return madeUp('logs', content, searchParams);
  if (path === '/api/traces') return madeUp('traces', content, searchParams);
  if (path.startsWith('/prometheus/'))
    return proxyAnswer(content.data, path.slice('/prometheus'.length), searchParams, signal);
  const name = boardPath.exec(path)?.[1];
  const board = name === undefined ? undefined : content.board(name);
  if (board !== undefined) return json(board);
  return refused(
    404,
    path.startsWith('/api/dashboards/') ? 'there is no such dashboard' : 'there is nothing here',
  );
}
