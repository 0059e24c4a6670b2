// What `obs-gen instrument` makes of a function, a method and a body, beside the same written by hand with the span helper.
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { importHelpers } from '../metrics/helpers.mjs';
import { mask, texts } from '../metrics/random.mjs';
import { openValues } from '../metrics/spec.mjs';
import { measureTurns } from './loop.mjs';
import { sink, startOurs } from './sdk.mjs';

const agents = texts(31, openValues('agent'));
const models = texts(32, openValues('model'));
const tasks = agents.map((agent, i) => ({ agent, request: { model: models[i] }, attempt: i & 7 }));

/** How a trace begins: nobody has an SDK, nobody keeps the trace, one is kept, and work below a span that is not kept. */
const states = { none: undefined, root: 0, child: 0, sampled: 1 };

const attributes = {
  'agent.name': 'args.0.agent',
  'gen_ai.request.model': 'args.0.request.model',
  attempt: 'args.0.attempt',
};

const byHand = (task) => ({
  'agent.name': task.agent,
  'gen_ai.request.model': task.request.model,
  attempt: task.attempt,
});

/** The same function in each form. A receiver has it as `run`, so that all are called alike. */
const forms = {
  sync: {
    hand: ({ spans }) => ({
      run(task) {
        return spans.benchCall(byHand(task), () => task.attempt & 1);
      },
    }),
    function({ spans, traceFunction }) {
      function run(task) {
        return task.attempt & 1;
      }
      // eslint-disable-next-line no-func-assign -- as it is inserted
      run = traceFunction(spans.benchCall, attributes, 'run', run);
      return { run };
    },
    method({ spans, traceMethod }) {
      class Agent {
        static {
          traceMethod(spans.benchCall, attributes, this.prototype, 'run');
        }
        run(task) {
          return task.attempt & 1;
        }
      }
      return new Agent();
    },
    body: ({ spans, traceCall }) => ({
      run: (task) =>
        traceCall(
          spans.benchCall,
          {
            'agent.name': 'args.0.agent',
            'gen_ai.request.model': 'args.0.request.model',
            attempt: 'args.0.attempt',
          },
          { args: [task] },
          () => task.attempt & 1,
        ),
    }),
  },
  async: {
    hand: ({ spans }) => ({
      run(task) {
        return spans.benchCall(byHand(task), async () => task.attempt & 1);
      },
    }),
    function({ spans, traceFunction }) {
      async function run(task) {
        return task.attempt & 1;
      }
      // eslint-disable-next-line no-func-assign -- as it is inserted
      run = traceFunction(spans.benchCall, attributes, 'run', run);
      return { run };
    },
    method({ spans, traceMethod }) {
      class Agent {
        static {
          traceMethod(spans.benchCall, attributes, this.prototype, 'run');
        }
        async run(task) {
          return task.attempt & 1;
        }
      }
      return new Agent();
    },
    body: ({ spans, traceCall }) => ({
      run: (task) =>
        traceCall(
          spans.benchCall,
          {
            'agent.name': 'args.0.agent',
            'gen_ai.request.model': 'args.0.request.model',
            attempt: 'args.0.attempt',
          },
          { args: [task] },
          async () => task.attempt & 1,
        ),
    }),
  },
};

let result = 0;

const loops = {
  sync: (receiver) => (calls) => {
    for (let i = 0; i < calls; i += 1) result += receiver.run(tasks[i & mask]);
  },
  async: (receiver) => async (calls) => {
    for (let i = 0; i < calls; i += 1) result += await receiver.run(tasks[i & mask]);
  },
};

function measured(state, form, shape) {
  return async ({ helpers }) => {
    const { spans, telemetry } = await importHelpers(helpers);
    const instrument = await import(pathToFileURL(join(helpers, 'js', 'instrument.js')));
    const processor = sink();
    if (states[state] !== undefined) await startOurs(telemetry, states[state], processor);
    const run = loops[form](forms[form][shape](instrument));
    const figures =
      state === 'child'
        ? await spans.benchCall(byHand(tasks[0]), () => measureTurns(run))
        : await measureTurns(run);
    // What is not recorded was optimised away, or was never sampled: measured is nothing then.
    if (processor.ended > 0 !== (state === 'sampled')) throw new Error(`${state}: ${processor.ended} spans`);
    if (!(result > 0)) throw new Error('nothing ran');
    return figures;
  };
}

export const cases = Object.fromEntries(
  Object.keys(states).flatMap((state) =>
    Object.entries(forms).flatMap(([form, shapes]) =>
      Object.keys(shapes).map((shape) => [`${state}-${form}/${shape}`, measured(state, form, shape)]),
    ),
  ),
);
