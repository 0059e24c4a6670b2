/** The specs that the Collectors of the check are made for, and the files that they become. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import process from 'node:process';

/** Where the compiler was built to. */
const dist = process.env.OBSGEN_DIST ?? join(import.meta.dirname, '../../../dist');

const load = (path) => import(pathToFileURL(join(dist, path)).href);

const head = `version: 1
service: { name: shop, namespace: sales, runbooks: https://runbooks.example.com/shop }
presets: [agent]
logs: { redact: { keys: [customer_number], patterns: ['cust-[0-9]{8}'] } }
labels:
  channel: { description: Where it was ordered., values: [web, app] }
spans:
  shop.order:
    kind: internal
    description: An order.
    attributes:
      channel: { label: channel }
      card: { type: string, sensitivity: secret }
      address: { type: string, sensitivity: pii }
      note: { type: string, sensitivity: content }
`;

/** A spec with a stack. */
export const specWith = (stack) => `${head}stack:\n${stack.replace(/^/gm, '  ')}\n`;

/** The model of a spec; throws with what is wrong with it. */
export async function modelOf(text) {
  const { analyseLoaded } = await load('analyse.js');
  const { loadSpecText } = await load('spec/load.js');
  const loaded = loadSpecText(new Map([['observability.yaml', text]]), 'observability.yaml');
  const { model, diagnostics } = analyseLoaded(loaded, '2026-01-01');
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (model?.stack === undefined || errors.length > 0)
    throw new Error(`the spec has errors: ${errors.map(({ message }) => message).join('; ')}`);
  return model;
}

/** The text of a configuration, as `obs-gen build` would write it. */
export async function configText(kind, model, place, options = {}) {
  const { balancerConfig, collectorConfig, logAgentConfig } = await load('emit/stack/collector/index.js');
  const { printYaml } = await load('encode/yaml.js');
  const make = {
    collector: () => collectorConfig(model, model.stack, place, options),
    balancer: () => balancerConfig(model, model.stack, place, options),
    'log agent': () => logAgentConfig(model, model.stack, options),
  }[kind];
  return printYaml(make());
}
