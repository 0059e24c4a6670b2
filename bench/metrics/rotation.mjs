// 36 metrics in rotation, as a service has them: the libraries' shared code sees metrics and labels of many shapes. Each metric is
// updated at a place of its own in the program, written out with the names of its labels.
import { importHelpers } from './helpers.mjs';
import { flags, measureCalls } from './loop.mjs';
import { counted, countedByOurs, libraries, peerMetric } from './peers.mjs';
import { durations, mask, texts } from './random.mjs';
import { metricsNamed } from './spec.mjs';

/** How many of a label's values are the first one. */
const skew = 0.95;
const metrics = metricsNamed('rotation_');
const seconds = durations(77, 0.9);
/** One table a label, which its metrics read at different places: small in all, and no two metrics go in step. */
const valuesByLabel = new Map(
  metrics.flatMap(({ labels }) => labels.map(({ name, values }) => [name, values])),
);
const tables = Object.fromEntries(
  Array.from(valuesByLabel, ([name, values], index) => [name, texts(1000 + index, values, skew)]),
);

const places = {
  /** `metric.inc({ ... })` and `metric.observe({ ... }, value)`, which is how our helpers and the peers' read alike. */
  byStrings({ type, labels }, offset) {
    const object = labels
      .map(({ name }) => `${name}: tables.${name}[(turn + ${offset}) & ${mask}]`)
      .join(', ');
    return type === 'counter'
      ? `metric.inc({ ${object} });`
      : `metric.observe({ ${object} }, seconds[(turn + ${offset}) & ${mask}]);`;
  },
  byHandles({ type }, offset) {
    const handle = `metric.handles[metric.choice[(turn + ${offset}) & ${mask}]]`;
    return type === 'counter'
      ? `${handle}.inc();`
      : `${handle}.observe(seconds[(turn + ${offset}) & ${mask}]);`;
  },
  /** Reads the same tables and does nothing else: the harness's own part of the cases. */
  ofTheHarness({ labels }, offset) {
    const read = labels.map(({ name }) => `tables.${name}[(turn + ${offset}) & ${mask}].length`).join(' + ');
    return `metric.read += ${read};`;
  },
};

/** A function that makes a number of turns; in each, every metric is updated once, at its own place. */
function rotation(place, subjects) {
  const bodies = metrics.map((metric, index) => place(metric, index * 37));
  const source = [
    ...bodies.map(
      (body, index) => `const place${index} = ((metric) => (turn) => { ${body} })(metrics[${index}]);`,
    ),
    'return (turns) => {',
    '  for (let turn = 0; turn < turns; turn += 1) {',
    ...bodies.map((_, index) => `    place${index}(turn);`),
    '  }',
    '};',
  ].join('\n');
  return new Function('metrics', 'tables', 'seconds', source)(subjects, tables, seconds);
}

/** Handles on the label sets that the tables have at the same places. */
function withHandles(metric, { labels }) {
  const sets = labels.map(({ name }) => tables[name]);
  const rows = Array.from({ length: mask + 1 }, (_, index) =>
    Object.fromEntries(labels.map(({ name }, label) => [name, sets[label][index]])),
  );
  const distinct = new Map(rows.map((row) => [JSON.stringify(row), row]));
  const keys = [...distinct.keys()];
  return {
    handles: Array.from(distinct.values(), (row) => metric.with(row)),
    choice: Uint16Array.from(rows, (row) => keys.indexOf(JSON.stringify(row))),
  };
}

async function sumOver(counts) {
  const numbers = await Promise.all(counts);
  return numbers.reduce((sum, count) => sum + count, 0);
}

const callsPerTurn = metrics.length;
const totalOfOurs = () => sumOver(metrics.map(({ name }) => countedByOurs(name)));

const ofLibrary = (library, place, subjectOf) => ({
  flags,
  run: async () => {
    const subjects = await Promise.all(
      metrics.map(({ type, name, labels }) =>
        peerMetric(library, { type, name, labels: labels.map((label) => label.name) }),
      ),
    );
    return measureCalls({
      run: rotation(place, subjects.map(subjectOf)),
      total: () => sumOver(subjects.map(counted)),
      callsPerTurn,
    });
  },
});

export const cases = {
  'rotation/ours': {
    flags,
    run: async ({ helpers }) => {
      const ours = (await importHelpers(helpers)).metrics;
      const run = rotation(
        places.byStrings,
        metrics.map(({ helper }) => ours[helper]),
      );
      return measureCalls({ run, total: totalOfOurs, callsPerTurn });
    },
  },
  'rotation-bound/ours': {
    flags,
    run: async ({ helpers }) => {
      const ours = (await importHelpers(helpers)).metrics;
      const run = rotation(
        places.byHandles,
        metrics.map((metric) => withHandles(ours[metric.helper], metric)),
      );
      return measureCalls({ run, total: totalOfOurs, callsPerTurn });
    },
  },
  'rotation/harness': {
    flags,
    run: () => {
      const subjects = metrics.map(() => ({ read: 0 }));
      const total = () => (subjects.every(({ read }) => read > 0) ? undefined : 0);
      return measureCalls({ run: rotation(places.ofTheHarness, subjects), total, callsPerTurn });
    },
  },
  ...Object.fromEntries(
    libraries.flatMap((library) => [
      [`rotation/${library}`, ofLibrary(library, places.byStrings, (metric) => metric)],
      [
        `rotation-bound/${library}`,
        ofLibrary(library, places.byHandles, (metric, index) =>
          withHandles({ with: (labels) => metric.labels(labels) }, metrics[index]),
        ),
      ],
    ]),
  ),
};
