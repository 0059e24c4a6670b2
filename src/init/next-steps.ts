import type { FolderFacts } from './folder-facts.js';

const add: Readonly<Record<FolderFacts['packageManager'], readonly [string, string]>> = {
  npm: ['npm install --save-dev', 'npm install'],
  pnpm: ['pnpm add --save-dev', 'pnpm add'],
  yarn: ['yarn add --dev', 'yarn add'],
};

/** What a program begins with. Only modules may wait for the start: Node takes `await` outside of a function in no other file. */
function firstLines({ isModule, packageText }: FolderFacts): string {
  const names = "import { metrics, spans, telemetry } from './generated/index.js'";
  return isModule || packageText === undefined
    ? `${names}; await telemetry.start() at the top of the program`
    : `${names}; void telemetry.start() at the top of the program ("type": "module" in package.json lets it be awaited)`;
}

/**
 * What to do once the first spec is written: install what is missing, use the helpers, look at the dashboards.
 * @param isInferred whether the spec was made of what exists
 */
export function nextSteps(
  facts: FolderFacts,
  manager: FolderFacts['packageManager'],
  isInferred: boolean,
): readonly string[] {
  const { dependencies, packageText } = facts;
  const [asTool, asPart] = add[manager];
  const missing = ['prom-client', '@opentelemetry/api'].filter((name) => !dependencies.has(name));
  const installs = [
    ...(packageText === undefined || dependencies.has('obs-gen') ? [] : [`${asTool} obs-gen`]),
    ...(missing.length === 0 ? [] : [`${asPart} ${missing.join(' ')}`]),
  ];
  return [
    ...(installs.length === 0 ? [] : [installs.join(' && ')]),
    isInferred ? 'read the guesses in observability.yaml, and correct them' : firstLines(facts),
    'npx obs-gen preview shows the dashboards, with made-up data at first',
    ...(installs.length === 0 ? ['npx obs-gen plan says how many series there can be'] : []),
  ].slice(0, 3);
}
