import type { AskOptions } from '../ask/client.js';
import { excerpt } from '../ask/client.js';
import { member, text } from '../ask/json.js';
import { NoAnswer, remedy } from '../ask/no-answer.js';
import { defineCheck, type Check, type Context } from '../check.js';
import { placeNames, titles, type PlaceName } from '../places.js';
import { failed, ok, type Outcome } from '../verdict.js';

/** How a part is asked whether it works. */
interface Question {
  readonly path: string;
  readonly options?: AskOptions;
  /** Besides 2xx: a part that refuses, or has no such page, is there. */
  readonly accepts?: (status: number) => boolean;
  /** Where it says its version, and at which member of the answer. */
  readonly version?: { readonly path: string; readonly at: readonly string[] };
}

const ofService = 'start it, or name where it answers: --service URL';

const readyPage = '/-/ready';
const buildInfo = '/api/v1/status/buildinfo';

const questions: Readonly<Record<PlaceName, readonly Question[]>> = {
  // A service without such a page is there as well.
  service: [{ path: '/health', accepts: (status) => status < 500 }],
  prometheus: [
    { path: readyPage, version: { path: buildInfo, at: ['data', 'version'] } },
    // Mimir and Thanos have no such page below the path of their API.
    { path: '/api/v1/query?query=1', version: { path: buildInfo, at: ['data', 'version'] } },
  ],
  alertmanager: [{ path: readyPage, version: { path: '/api/v2/status', at: ['versionInfo', 'version'] } }],
  // Nothing in OTLP, which is taken like everything else.
  collector: [{ path: '/v1/traces', options: { method: 'POST', body: { resourceSpans: [] } } }],
  loki: [{ path: '/ready', version: { path: '/loki/api/v1/status/buildinfo', at: ['version'] } }],
  tempo: [{ path: '/ready', version: { path: '/api/status/buildinfo', at: ['version'] } }],
  jaeger: [{ path: '/api/v3/services' }, { path: '/api/services' }],
  grafana: [{ path: '/api/health', version: { path: '/api/health', at: ['version'] } }],
  preview: [{ path: '/' }],
  pushgateway: [{ path: readyPage }],
};

/** Never fails: a part that does not say its version works all the same. */
async function versionOf(context: Context, name: PlaceName, question: Question): Promise<string> {
  if (question.version === undefined) return '';
  const { path, at } = question.version;
  const answer = await context.json(name, path).catch(() => undefined);
  return text(member(answer, ...at));
}

async function ask(context: Context, name: PlaceName, question: Question): Promise<Outcome | NoAnswer> {
  const { status, body } = await context.ask(name, question.path, question.options);
  const isReady = (status >= 200 && status < 300) || question.accepts?.(status) === true;
  if (!isReady) {
    const said = excerpt(body);
    const how = said === '' ? '' : `: ${said}`;
    return new NoAnswer('status', `${titles[name]} answers, and is not ready (${status}${how})`, status);
  }
  const version = await versionOf(context, name, question);
  const place = context.place(name);
  return ok(`${version === '' ? 'ready' : `ready, version ${version}`}, at ${place?.url ?? ''}`);
}

/** Asks in one way after the other; what the first one came to is told where none of them works. */
async function ready(context: Context, name: PlaceName): Promise<Outcome> {
  const ended = context.place(name)?.ended;
  let first: NoAnswer | undefined;
  for (const question of questions[name]) {
    try {
      const answer = await ask(context, name, question);
      if (!(answer instanceof NoAnswer)) return answer;
      first ??= answer;
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      first ??= error;
      // What does not answer at all answers no other question.
      if (error.kind !== 'status') break;
    }
  }
  if (first === undefined) throw new Error(`bug: nobody knows how to ask ${name}`);
  const why = ended === undefined ? first.message : `${first.message}; it has ended by itself: ${ended}`;
  return failed(why, name === 'service' ? ofService : remedy(first));
}

/** One check for each part: whether it is there, answers and is ready. All others depend on these. */
export const readyChecks: readonly Check[] = placeNames.map((name) =>
  defineCheck({
    id: `ready.${name}`,
    question: `Does ${titles[name]} answer?`,
    needs: [],
    moot: (context) =>
      context.place(name) === undefined ? `the stack has no ${titles[name].replace(/^the /, '')}` : undefined,
    run: (context) => ready(context, name),
  }),
);
