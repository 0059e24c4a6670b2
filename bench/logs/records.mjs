// What the lines say: the same records for ours and for pino. Agents, tools and models come again and again, sessions for a while.
import { AsyncLocalStorage } from 'node:async_hooks';
import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { randomNumbers } from '../metrics/random.mjs';

/** A power of two, so that `index & mask` walks round the table. */
const size = 4096;
export const mask = size - 1;

const random = randomNumbers(7);

/** Lines of one session that follow each other, as the lines of a request do. */
const linesOfSession = 8;

const sessions = Array.from(
  { length: size / linesOfSession },
  () =>
    `sess_${Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0')}abcdef0123`,
);

// Names of agents, tools and models are constants of a program, or of its configuration.
const agents = Array.from({ length: 8 }, (_, index) => `planner-${index}`);
const tools = Array.from({ length: 32 }, (_, index) => `tool_${index}_search`);
const models = Array.from({ length: 4 }, (_, index) => `provider/model-large-${index}`);

export const records = Array.from({ length: size }, (_, index) => ({
  detail: `tool call finished after ${index & 15} retries with a partial result`,
  agent: agents[index & 7],
  tool: tools[index & 31],
  model: models[index & 3],
  status: ['ok', 'error', 'timeout'][index % 3],
  duration_ms: Math.round(random() * 900_000) / 1000,
  tokens: Math.floor(random() * 4000),
  cached: (index & 1) === 0,
  session_id: sessions[Math.floor(index / linesOfSession)],
  user_email: `user${index}@example.com`,
  auth_token: `sk-secret-${index}`,
}));

/** Runs work inside a span, as a service does. */
export function inSpan(work) {
  const storage = new AsyncLocalStorage();
  context.setGlobalContextManager({
    active: () => storage.getStore() ?? ROOT_CONTEXT,
    with: (active, call, self, ...given) => storage.run(active, () => call.apply(self, given)),
    bind: (_active, target) => target,
    enable() {
      return this;
    },
    disable() {
      return this;
    },
  });
  const spanContext = {
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
    traceFlags: 1,
  };
  return context.with(trace.setSpan(ROOT_CONTEXT, trace.wrapSpanContext(spanContext)), work);
}

/** What a service with pino writes to have the ids of the trace on its lines, by pino's own documentation of `mixin`. */
export function traceIds() {
  const span = trace.getSpanContext(context.active());
  return span === undefined ? {} : { trace_id: span.traceId, span_id: span.spanId };
}
