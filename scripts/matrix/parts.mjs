import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** A package as it is installed in a folder of the repository. @throws Error that says what to run where it is not */
function installed(folder, name) {
  const path = join(root, folder, 'node_modules', name);
  if (!existsSync(path))
    throw new Error(`${name} is not installed: npm ci${folder === '' ? '' : ` --prefix ${folder}`}`);
  const { version, engines } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  return { name, path, version, engines: engines?.node ?? '*' };
}

const compiler = (folder, name) => {
  const { path, version } = installed(folder, name);
  return {
    name: `TypeScript ${version}`,
    version,
    program: join(path, existsSync(join(path, 'bin/tsc')) ? 'bin/tsc' : 'lib/tsc.js'),
  };
};

const node = (line) => {
  const { path, version } = installed('scripts/matrix', `node-${line}`);
  return { line, version, program: join(path, 'bin/node') };
};

/** Everything that is combined; each has the version that a lock file of the repository pins. */
export function parts() {
  const successor = installed('bench', '@prometheus-io/client');
  const promClient = installed('', 'prom-client');
  const sdk = (major, folder) => ({
    major,
    api: installed(folder, '@opentelemetry/api'),
    sdk: installed(folder, '@opentelemetry/sdk-node'),
  });
  return {
    nodes: [20, 22, 24].map(node),
    compilers: [
      compiler('test/peers/typescript', 'typescript-5.9'),
      compiler('', 'typescript'),
      compiler('test/peers/typescript', 'typescript-7'),
    ],
    sdks: [sdk(2, ''), sdk(3, 'test/peers/otel-3')],
    clients: [promClient, successor],
    types: installed('', '@types/node'),
  };
}

const numbers = (version) => version.split('.').map(Number);

function isAtLeast(version, least) {
  const [a, b] = [numbers(version), numbers(least)];
  const at = a.findIndex((each, index) => each !== (b[index] ?? 0));
  return at < 0 || a[at] > (b[at] ?? 0);
}

/** Whether a version of Node is in a range of the forms that these packages have: `^20.19.0 || >=22.12.0`, `>=18`. */
export function satisfies(version, range) {
  return range.split('||').some((part) => {
    const [, operator, least] = /^\s*(\^|>=|)\s*(\d+(?:\.\d+)*|\*)\s*$/.exec(part) ?? [];
    if (least === undefined) throw new Error(`a range of a form that is not known here: ${range}`);
    if (least === '*') return true;
    if (!isAtLeast(version, least)) return false;
    return operator === '>=' || numbers(version)[0] === numbers(least)[0];
  });
}
