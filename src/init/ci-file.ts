import type { PackageManager } from './folder-facts.js';

export const ciSystems = ['github', 'gitlab', 'none'] as const;
export type CiSystem = (typeof ciSystems)[number];

const install: Readonly<Record<PackageManager, string>> = {
  npm: 'npm ci',
  pnpm: 'pnpm install --frozen-lockfile',
  yarn: 'yarn install --immutable',
};

export interface CiFile {
  /** Relative to the root of the repository, with `/`. */
  readonly path: string;
  readonly text: string;
  /** What the user has to add by hand, so that the file takes effect. */
  readonly hint: string | undefined;
}

/**
 * The file that runs the check with each change.
 * @param folder of the package, relative to the root of the repository; empty for the root itself
 * @param hasPackage whether there is a package.json with the scripts
 * @param hasOwnPipeline whether the repository has a .gitlab-ci.yml already
 */
export function ciFile(
  system: CiSystem,
  manager: PackageManager,
  {
    folder,
    hasPackage,
    hasOwnPipeline,
  }: { readonly folder: string; readonly hasPackage: boolean; readonly hasOwnPipeline: boolean },
): CiFile | undefined {
  if (system === 'none') return undefined;
  const check = hasPackage ? `${manager} run telemetry:check` : 'npx obs-gen build --check';
  return system === 'github'
    ? github(manager, folder, check)
    : gitlab(manager, folder, check, hasOwnPipeline);
}

function github(manager: PackageManager, folder: string, check: string): CiFile {
  const here = folder === '' ? [] : ['    defaults:', '      run:', `        working-directory: ${folder}`];
  const setUp = manager === 'npm' ? [] : ['      - run: corepack enable'];
  const text = [
    '# Fails where generated/ is not what observability.yaml compiles to, or where the spec has an error.',
    'name: telemetry',
    'on:',
    '  pull_request:',
    '  push:',
    '    branches: [main]',
    'permissions:',
    '  contents: read',
    'jobs:',
    '  telemetry:',
    '    runs-on: ubuntu-latest',
    ...here,
    '    steps:',
    '      - uses: actions/checkout@v4',
    ...setUp,
    '      - uses: actions/setup-node@v4',
    '        with:',
    '          node-version: 22',
    `          cache: ${manager}`,
    ...(folder === '' ? [] : [`          cache-dependency-path: ${folder}`]),
    `      - run: ${install[manager]}`,
    `      - run: ${check}`,
    '',
  ].join('\n');
  return { path: '.github/workflows/telemetry.yml', text, hint: undefined };
}

function gitlab(manager: PackageManager, folder: string, check: string, hasOwnPipeline: boolean): CiFile {
  const text = [
    '# Fails where generated/ is not what observability.yaml compiles to, or where the spec has an error.',
    'telemetry:',
    '  image: node:22',
    '  rules:',
    "    - if: $CI_PIPELINE_SOURCE == 'merge_request_event'",
    '    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH',
    '  script:',
    ...(folder === '' ? [] : [`    - cd ${folder}`]),
    ...(manager === 'npm' ? [] : ['    - corepack enable']),
    `    - ${install[manager]}`,
    `    - ${check}`,
    '',
  ].join('\n');
  if (!hasOwnPipeline) return { path: '.gitlab-ci.yml', text, hint: undefined };
  const path = '.gitlab/telemetry.yml';
  return { path, text, hint: `add to .gitlab-ci.yml: include: [{ local: ${path} }]` };
}
