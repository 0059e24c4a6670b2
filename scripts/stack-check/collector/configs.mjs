/** Whether the program takes every configuration that the compiler can write. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { validate } from './program.mjs';
import { configText, modelOf, specWith } from './specs.mjs';

const tail = 'sampling: { tail: { slowerThan: 30s, keepRuns: [planner, "cost $center"], rest: 0.1 } }';
const stores = ['tempo', 'jaeger'];
const accesses = ['{}', '{ tls: true, tenant: shop }'];

/** The stacks whose configurations are looked at: each store, with and without TLS, sampling, one Collector and three. */
function stacks() {
  return stores.flatMap((store) =>
    accesses.flatMap((access) =>
      ['', tail].flatMap((sampling) =>
        [1, 3].map((instances) => ({
          title: `${store}, ${access === '{}' ? 'open' : 'TLS and tenant'}, ${sampling === '' ? 'all kept' : 'tail sampling'}, ${instances}`,
          instances,
          text: specWith(
            `traces: { store: ${store} }\naccess: ${access}\ncollector: { instances: ${instances}, logFiles: [/var/log/shop/*.log] }\n${sampling}`,
          ),
        })),
      ),
    ),
  );
}

/** The files of a stack at every place. */
async function filesOf({ text, instances }, folder) {
  const model = await modelOf(text);
  const directory = join(folder, 'storage');
  mkdirSync(directory, { recursive: true });
  const addresses = ['127.0.0.1:4317', '127.0.0.1:14317'];
  const given = {
    // The program looks for the folder of its queues, which on this machine is not that of a container.
    compose: { directory },
    kubernetes: { directory, collectors: ['shop-collector.observability'] },
    native: { collectors: addresses, traces: 'http://127.0.0.1:9318', logs: 'http://127.0.0.1:9100/otlp' },
  };
  const places = Object.entries(given);
  const collectors = places.map(([place, options]) => ['collector', place, options]);
  const balancers = places.map(([place, options]) => ['balancer', place, options]);
  const kinds = [
    ...collectors,
    ['collector', 'native', {}],
    ...(instances > 1 ? balancers : []),
    ['log agent', 'kubernetes', given.kubernetes],
  ];
  return Promise.all(
    kinds.map(async ([kind, place, options]) => [
      `${kind} (${place})`,
      await configText(kind, model, place, options),
    ]),
  );
}

/** Validates them all; the result names what was refused. */
export async function checkConfigs({ path, folder }) {
  const seen = new Set();
  const refused = [];
  mkdirSync(folder, { recursive: true });
  for (const stack of stacks()) {
    for (const [name, text] of await filesOf(stack, folder)) {
      if (seen.has(text)) continue;
      seen.add(text);
      const file = join(folder, `${seen.size}.yaml`);
      writeFileSync(file, text);
      const fault = validate(path, file);
      if (fault !== '') refused.push(`${name}, ${stack.title}: ${fault.slice(0, 500)}`);
    }
  }
  return {
    how: `checked: \`otelcol validate\`, every configuration (compose, Kubernetes, this machine; Collector, balancer, log agent; with and without TLS, sampling, Tempo and Jaeger)`,
    ok: refused.length === 0 && seen.size > 0,
    result: refused.length === 0 ? `${seen.size} files accepted` : refused.join('\n'),
  };
}
