// One span with five attributes around next to nothing.
import { SpanStatusCode, trace } from '@opentelemetry/api';
import { importHelpers } from '../metrics/helpers.mjs';
import { mask, texts } from '../metrics/random.mjs';
import { openValues } from '../metrics/spec.mjs';
import { measureTurns } from './loop.mjs';
import { sink, startOurs, startPeer } from './sdk.mjs';

const agents = texts(11, openValues('agent'));
const tools = texts(12, openValues('tool'));
const models = texts(13, openValues('model'));

const attributesOf = (i) => ({
  'agent.name': agents[i & mask],
  'tool.name': tools[i & mask],
  'gen_ai.request.model': models[i & mask],
  attempt: i & 7,
  cached: (i & 1) === 0,
});

/** How a trace begins: nobody has an SDK, nobody keeps the trace, one is kept, and work below a span that is not kept. */
const states = { none: undefined, root: 0, child: 0, sampled: 1 };

let result = 0;

const ours = {
  sync: (span) => (calls) => {
    for (let i = 0; i < calls; i += 1) result += span(attributesOf(i), () => i & 1);
  },
  async: (span) => async (calls) => {
    for (let i = 0; i < calls; i += 1) result += await span(attributesOf(i), async () => i & 1);
  },
};

const fail = (span, error) => {
  span.recordException(error);
  span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
};

const idiomatic = {
  sync: (tracer) => (calls) => {
    for (let i = 0; i < calls; i += 1) {
      result += tracer.startActiveSpan('bench.call', { attributes: attributesOf(i) }, (span) => {
        try {
          return i & 1;
        } catch (error) {
          fail(span, error);
          throw error;
        } finally {
          span.end();
        }
      });
    }
  },
  async: (tracer) => async (calls) => {
    for (let i = 0; i < calls; i += 1) {
      result += await tracer.startActiveSpan('bench.call', { attributes: attributesOf(i) }, async (span) => {
        try {
          return i & 1;
        } catch (error) {
          fail(span, error);
          throw error;
        } finally {
          span.end();
        }
      });
    }
  },
};

/** The calls of the SDK that no helper can do without. */
function raw(tracer) {
  return (calls) => {
    for (let i = 0; i < calls; i += 1) {
      const attributes = attributesOf(i);
      const span = tracer.startSpan('bench.call');
      span.setAttribute('agent.name', attributes['agent.name']);
      span.setAttribute('tool.name', attributes['tool.name']);
      span.setAttribute('gen_ai.request.model', attributes['gen_ai.request.model']);
      span.setAttribute('attempt', attributes.attempt);
      span.setAttribute('cached', attributes.cached);
      span.end();
      result += i & 1;
    }
  };
}

function oursIn(state, form) {
  return async ({ helpers }) => {
    const { spans, telemetry } = await importHelpers(helpers);
    const processor = sink();
    if (states[state] !== undefined) await startOurs(telemetry, states[state], processor);
    const run = ours[form](spans.benchCall);
    const figures =
      state === 'child'
        ? await spans.benchCall(attributesOf(0), () => measureTurns(run))
        : await measureTurns(run);
    return checked(figures, state, processor);
  };
}

function peerIn(state, make) {
  return async () => {
    const processor = sink();
    const tracer =
      states[state] === undefined ? trace.getTracer('peer') : startPeer(states[state], processor);
    const run = make(tracer);
    const figures =
      state === 'child'
        ? await tracer.startActiveSpan('parent', () => measureTurns(run))
        : await measureTurns(run);
    return checked(figures, state, processor);
  };
}

/** The calls that no helper can do without, of the very SDK that the helpers have started. */
async function rawSampled({ helpers }) {
  const { telemetry } = await importHelpers(helpers);
  const processor = sink();
  await startOurs(telemetry, 1, processor);
  return checked(await measureTurns(raw(trace.getTracer('peer'))), 'sampled', processor);
}

/** What is not recorded was optimised away, or was never sampled: measured is nothing then. */
function checked(figures, state, processor) {
  if (processor.ended > 0 !== (state === 'sampled')) throw new Error(`${state}: ${processor.ended} spans`);
  if (!(result > 0)) throw new Error('nothing ran');
  return figures;
}

const forms = ['sync', 'async'];

export const cases = {
  'sampled/raw': rawSampled,
  ...Object.fromEntries(
    Object.keys(states).flatMap((state) =>
      forms.flatMap((form) => [
        [`${state}-${form}/ours`, oursIn(state, form)],
        [`${state}-${form}/idiomatic`, peerIn(state, idiomatic[form])],
      ]),
    ),
  ),
};
