/** A spec with rules for every function of every kind. */
export function helpers({ include, exclude }) {
  return `version: 1
service: { name: corpus }
spans:
  function.call: { kind: internal }
instrument:
  include: ${JSON.stringify(include)}
  exclude: ${JSON.stringify(exclude)}
  rules:
    - match: { kind: [function, expression, method, getter, setter, constructor, object method] }
      span: function.call
`;
}

/** The codebase's own settings for its tests, with a file more to start from. */
export function vitestConfig(base) {
  return `import { mergeConfig } from 'vitest/config';
import { fileURLToPath } from 'node:url';
import base from './${base}';

const setupFiles = [fileURLToPath(new URL('./obsgen.setup.mjs', import.meta.url))];
const withSetup = (config) => mergeConfig(config, { test: { setupFiles } });

export default async (environment) => {
  const config = withSetup(typeof base === 'function' ? await base(environment) : base);
  // A project that is written out and extends nothing takes over none of the settings around it.
  const projects = config.test.projects?.map((project) =>
    typeof project === 'object' && !project.extends ? withSetup(project) : project,
  );
  return projects === undefined ? config : { ...config, test: { ...config.test, projects } };
};
`;
}

/**
 * Starts tracing in each file of tests, and counts the spans of instrumented functions that end. What tests mock does not reach it, and
 * it looks at no clock.
 */
export function setup(home) {
  return `import { createRequire } from 'node:module';

const key = Symbol.for('obs-gen corpus');
if (globalThis[key] === undefined) {
  const require = createRequire(${JSON.stringify(`${home}/package.json`)});
  const { context, trace } = require('@opentelemetry/api');
  const sdk = createRequire(require.resolve('@opentelemetry/sdk-node'));
  const { BasicTracerProvider } = sdk('@opentelemetry/sdk-trace-base');
  const { AsyncLocalStorageContextManager } = sdk('@opentelemetry/context-async-hooks');
  const { writeFileSync } = require('node:fs');
  let ended = 0;
  globalThis[key] = {
    onStart() {},
    onEnd(span) {
      if (span.name === 'function.call') ended += 1;
    },
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [globalThis[key]] }));
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const file = \`\${process.env.OBSGEN_CORPUS_SPANS}/\${process.pid}-\${Math.random().toString(36).slice(2)}\`;
  afterAll(() => writeFileSync(file, String(ended)));
}
`.replace('import {', "import { afterAll } from 'vitest';\nimport {");
}
