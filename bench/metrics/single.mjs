// One metric in a loop: the best case of every library, since the engine sees one metric only.
import { importHelpers } from './helpers.mjs';
import { flags, measureCalls } from './loop.mjs';
import { counted, countedByOurs, libraries, peerMetric } from './peers.mjs';
import { durations, mask, ordinals, texts } from './random.mjs';
import { buckets, openValues, valuesOf } from './spec.mjs';

const methods = texts(1, valuesOf('method'));
const statuses = texts(2, valuesOf('status'));
/** What a floor is given instead: from arrays of the same kind, so that reading them costs the same. */
const methodOrdinals = Array.from(ordinals(1, valuesOf('method').length));
const statusOrdinals = Array.from(ordinals(2, valuesOf('status').length));
const models = texts(3, openValues('model'));
const tools = texts(4, openValues('tool'));
const seconds = durations(5);

/** The loops of our metrics, by case. */
const ours = {
  'inc/ours': ({ requestsTotal }) => ({
    run(calls) {
      for (let i = 0; i < calls; i += 1)
        requestsTotal.inc({ method: methods[i & mask], status: statuses[i & mask] });
    },
    total: () => countedByOurs('requests_total'),
  }),
  'inc-bound/ours': ({ requestsTotal }) => {
    const { handles, choice } = boundHandles(requestsTotal);
    return {
      run(calls) {
        for (let i = 0; i < calls; i += 1) handles[choice[i & mask]].inc();
      },
      total: () => countedByOurs('requests_total'),
    };
  },
  'inc-fresh/ours': ({ requestsTotal }) => ({
    run: (calls) => incWithFreshStrings(requestsTotal, calls),
    total: () => countedByOurs('requests_total'),
  }),
  'set/ours': ({ inFlight }) => ({
    run(calls) {
      for (let i = 0; i < calls; i += 1)
        inFlight.set({ method: methods[i & mask], status: statuses[i & mask] }, seconds[i & mask]);
    },
    total: async () => ((await countedByOurs('in_flight')) > 0 ? undefined : 0),
  }),
  'set-bound/ours': ({ inFlight }) => {
    const { handles, choice } = boundHandles(inFlight);
    return {
      run(calls) {
        for (let i = 0; i < calls; i += 1) handles[choice[i & mask]].set(seconds[i & mask]);
      },
      total: async () => ((await countedByOurs('in_flight')) > 0 ? undefined : 0),
    };
  },
  'observe/ours': ({ latencySeconds }) => ({
    run(calls) {
      for (let i = 0; i < calls; i += 1)
        latencySeconds.observe({ method: methods[i & mask], status: statuses[i & mask] }, seconds[i & mask]);
    },
    total: () => countedByOurs('latency_seconds'),
  }),
  'observe-bound/ours': ({ latencySeconds }) => {
    const { handles, choice } = boundHandles(latencySeconds);
    return {
      run(calls) {
        for (let i = 0; i < calls; i += 1) handles[choice[i & mask]].observe(seconds[i & mask]);
      },
      total: () => countedByOurs('latency_seconds'),
    };
  },
  'open/ours': ({ modelCallsTotal }) => ({
    run(calls) {
      for (let i = 0; i < calls; i += 1) modelCallsTotal.inc({ model: models[i & mask] });
    },
    total: () => countedByOurs('model_calls_total'),
  }),
  'two-open/ours': ({ toolCallsTotal }) => ({
    run(calls) {
      for (let i = 0; i < calls; i += 1)
        toolCallsTotal.inc({ model: models[i & mask], tool: tools[i & mask] });
    },
    total: () => countedByOurs('tool_calls_total'),
  }),
};

/** The loops of a library, by case. */
const peers = {
  inc: async (library) => {
    const metric = await peerMetric(library, { type: 'counter', name: 'c', labels: ['method', 'status'] });
    return {
      run(calls) {
        for (let i = 0; i < calls; i += 1)
          metric.inc({ method: methods[i & mask], status: statuses[i & mask] });
      },
      total: () => counted(metric),
    };
  },
  'inc-bound': async (library) => {
    const metric = await peerMetric(library, { type: 'counter', name: 'c', labels: ['method', 'status'] });
    const { handles, choice } = boundHandles({ with: (labels) => metric.labels(labels) });
    return {
      run(calls) {
        for (let i = 0; i < calls; i += 1) handles[choice[i & mask]].inc();
      },
      total: () => counted(metric),
    };
  },
  'inc-fresh': async (library) => {
    const metric = await peerMetric(library, { type: 'counter', name: 'c', labels: ['method', 'status'] });
    return { run: (calls) => incWithFreshStrings(metric, calls), total: () => counted(metric) };
  },
  observe: async (library) => {
    const metric = await peerMetric(library, { type: 'histogram', name: 'h', labels: ['method', 'status'] });
    return {
      run(calls) {
        for (let i = 0; i < calls; i += 1)
          metric.observe({ method: methods[i & mask], status: statuses[i & mask] }, seconds[i & mask]);
      },
      total: () => counted(metric),
    };
  },
  open: async (library) => {
    const metric = await peerMetric(library, { type: 'counter', name: 'c', labels: ['model'] });
    return {
      run(calls) {
        for (let i = 0; i < calls; i += 1) metric.inc({ model: models[i & mask] });
      },
      total: () => counted(metric),
    };
  },
  'two-open': async (library) => {
    const metric = await peerMetric(library, { type: 'counter', name: 'c', labels: ['model', 'tool'] });
    return {
      run(calls) {
        for (let i = 0; i < calls; i += 1) metric.inc({ model: models[i & mask], tool: tools[i & mask] });
      },
      total: () => counted(metric),
    };
  },
};

/** What the work costs at least: the same reads and writes, with everything known that a metric has to find out. */
const floors = {
  // Reads the labels and does nothing with them: the harness's own part of the cases above. Nothing is net of it.
  'inc/harness': () => {
    let read = 0;
    return {
      run(calls) {
        let sum = 0;
        for (let i = 0; i < calls; i += 1) sum += methods[i & mask].length + statuses[i & mask].length;
        read += sum;
      },
      total: () => (read > 0 ? undefined : 0),
    };
  },
  'inc/floor': () => {
    const cells = new Float64Array(20);
    return {
      run(calls) {
        for (let i = 0; i < calls; i += 1)
          cells[methodOrdinals[i & mask] * 4 + statusOrdinals[i & mask]] += 1;
      },
      total: () => sumOf(cells),
    };
  },
  'observe/floor': () => {
    const width = buckets.length + 2;
    const cells = new Float64Array(20 * width);
    const bucket = seconds.map((value) => buckets.filter((bound) => value > bound).length);
    return {
      run(calls) {
        for (let i = 0; i < calls; i += 1) {
          const row = (methodOrdinals[i & mask] * 4 + statusOrdinals[i & mask]) * width;
          cells[row + bucket[i & mask]] += 1;
          cells[row + width - 1] += seconds[i & mask];
        }
      },
      total: () => sumOf(cells.filter((_, index) => index % width !== width - 1)),
    };
  },
  'open/floor': () => {
    const known = new Map(openValues('model').map((value, index) => [value, index]));
    const cells = new Float64Array(101);
    return {
      run(calls) {
        for (let i = 0; i < calls; i += 1) cells[known.get(models[i & mask])] += 1;
      },
      total: () => sumOf(cells),
    };
  },
  'inc-fresh/floor': () => {
    let read = 0;
    const sink = { inc: ({ method, status }) => (read += method.length + status.length) };
    return {
      run: (calls) => incWithFreshStrings(sink, calls),
      total: () => (read > 0 ? undefined : 0),
    };
  },
};

const lines = methods.map((method, index) => `>>${method}${statuses[index]}<<`);

/** Labels that are cut out of a longer text on each call, as of a header: the engine knows none of these strings. */
function incWithFreshStrings(metric, calls) {
  for (let i = 0; i < calls; i += 1) {
    const line = lines[i & mask];
    metric.inc({ method: line.slice(2, -5), status: line.slice(-5, -2) });
  }
}

/** A handle for each combination of method and status, and which one comes when. */
function boundHandles(metric) {
  const handles = valuesOf('method').flatMap((method) =>
    valuesOf('status').map((status) => metric.with({ method, status })),
  );
  return { handles, choice: methodOrdinals.map((ordinal, index) => ordinal * 4 + statusOrdinals[index]) };
}

function sumOf(cells) {
  return cells.reduce((sum, value) => sum + value, 0);
}

const ofHelpers = ([name, loop]) => [
  name,
  { flags, run: async ({ helpers }) => measureCalls(loop((await importHelpers(helpers)).metrics)) },
];
const ofLibraries = ([name, loop]) =>
  libraries.map((library) => [
    `${name}/${library}`,
    { flags, run: async () => measureCalls(await loop(library)) },
  ]);
const ofFloor = ([name, loop]) => [name, { flags, run: () => measureCalls(loop()) }];

export const cases = Object.fromEntries([
  ...Object.entries(ours).map(ofHelpers),
  ...Object.entries(peers).flatMap(ofLibraries),
  ...Object.entries(floors).map(ofFloor),
]);
