import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { SpanStatusCode } from '@opentelemetry/api';
import type { Behaviour } from '../cases/recorder.js';
import { memoryProcessor, startSdk, type EndedSpan } from '../../support/memory-tracing.js';
import { recorder, settle, show } from './recording.js';

/**
 * Runs the behaviours of many cases, one after the other, in a process of their own. Arguments: a file with the jobs, and the file for
 * what came of them.
 */
export interface Job {
  readonly name: string;
  /** The compiled behaviour. */
  readonly file: string;
  readonly folder: string;
}

/** What the runner is asked for. */
export interface Order {
  readonly jobs: readonly Job[];
  /** Whether the SDK runs, so that spans are recorded. */
  readonly traced: boolean;
}

/** A span as it arrived. */
export interface SeenSpan {
  readonly name: string;
  readonly depth: number;
  readonly failed: boolean;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** What came of a case. */
export interface Recording {
  readonly lines: readonly string[];
  readonly spans: readonly SeenSpan[];
}

const secondsEach = 10;

let current: string[] = [];
for (const kind of ['unhandledRejection', 'rejectionHandled', 'uncaughtException'] as const) {
  process.on(kind, (reason: unknown) => {
    current.push(`${kind}: ${kind === 'rejectionHandled' ? 'later' : show(reason)}`);
  });
}
process.on('warning', (warning) => {
  // Node says first that a handler came late, which is recorded above.
  if (warning.name !== 'PromiseRejectionHandledWarning') current.push(`warning: ${warning.name}`);
});
for (const kind of ['log', 'info', 'warn', 'error', 'debug'] as const) {
  console[kind] = (...args: unknown[]) => {
    current.push(`console.${kind}: ${args.map(show).join(' ')}`);
  };
}

async function run({ jobs, traced }: Order): Promise<Record<string, Recording>> {
  const processor = memoryProcessor();
  const stop = traced ? startSdk(processor) : undefined;
  const recordings: Record<string, Recording> = {};
  for (const job of jobs) {
    const lines: string[] = [];
    current = lines;
    processor.ended.length = 0;
    const limit = new AbortController();
    await Promise.race([behave(job, lines), tooLong(lines, limit.signal)]);
    limit.abort();
    await settle();
    recordings[job.name] = { lines, spans: inOrder(processor.ended) };
  }
  await stop?.();
  return recordings;
}

async function behave(job: Job, lines: string[]): Promise<void> {
  try {
    const module = (await import(pathToFileURL(job.file).href)) as { default: Behaviour | CommonJs };
    const { default: main } = module;
    await (typeof main === 'function' ? main : main.default)(recorder(lines, job.folder));
  } catch (error) {
    lines.push(`the behaviour itself failed: ${show(error)}`);
    if (error instanceof Error) lines.push(String(error.stack));
  }
}

/** The exports of a CommonJS file are what ESM sees as its default. */
interface CommonJs {
  readonly default: Behaviour;
}

/** Says so in the record of a behaviour that is still at work after its time; one that has ended is told by the signal. */
async function tooLong(lines: string[], signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, secondsEach * 1000).unref());
  if (!signal.aborted) lines.push('it took too long');
}

function inOrder(ended: readonly EndedSpan[]): SeenSpan[] {
  const byId = new Map(ended.map((span) => [span.spanContext().spanId, span]));
  const depthOf = (span: EndedSpan): number => {
    const above = byId.get(span.parentSpanContext?.spanId ?? '');
    return above === undefined ? 0 : depthOf(above) + 1;
  };
  return ended.map((span) => ({
    name: span.name,
    depth: depthOf(span),
    failed: span.status.code === SpanStatusCode.ERROR,
    attributes: span.attributes,
  }));
}

const [, , orders = '', results = ''] = process.argv;
const recordings = await run(JSON.parse(readFileSync(orders, 'utf8')) as Order);
writeFileSync(results, JSON.stringify(recordings));
process.exit(0);
