import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe } from 'vitest';
import ts from 'typescript';
import type { Manifest } from '../../src/emit/kubernetes/manifest.js';

const folder = join(import.meta.dirname, '../peers/kubernetes');
const peers = createRequire(join(folder, 'package.json'));

/** The packages that have the resources of an API group; all others are Kubernetes' own. */
const packages: Readonly<Record<string, string>> = {
  'monitoring.coreos.com': '@kubernetes-models/prometheus-operator',
  'opentelemetry.io': '@kubernetes-models/opentelemetry-operator',
  'grafana.integreatly.org': '@kubernetes-models/grafana-operator',
  'cert-manager.io': '@kubernetes-models/cert-manager',
};

function isMissing(): boolean {
  if (process.env['CI'] !== undefined) return false;
  try {
    peers.resolve('kubernetes-models/package.json');
    return false;
  } catch {
    return true;
  }
}

/** Tests with the schemas; skipped where they are not installed: `npm ci --prefix test/peers/kubernetes`. */
export const describeWithSchemas = describe.skipIf(isMissing());

/** `apps/v1` and `Deployment` are in `kubernetes-models/apps/v1/Deployment`. */
function moduleOf({ apiVersion, kind }: Manifest): string {
  const [group = ''] = apiVersion.split('/');
  return `${packages[group] ?? 'kubernetes-models'}/${apiVersion}/${kind}`;
}

type Model = new (data: object) => { validate: () => void };

function fileOf(module: string): string {
  const name = module.split('/').slice(0, module.startsWith('@') ? 2 : 1);
  return join(
    dirname(peers.resolve(`${name.join('/')}/package.json`)),
    ...module.split('/').slice(name.length),
  );
}

/** Holds a manifest against the schema of its resource; throws with what is wrong. A key that the schema lacks is no fault to it. */
export async function validate(manifest: Manifest): Promise<void> {
  const file = pathToFileURL(`${fileOf(moduleOf(manifest))}.js`).href;
  const module = (await import(file)) as Readonly<Record<string, Model>>;
  const Resource = module[manifest.kind];
  if (Resource === undefined) throw new Error(`${file} has no ${manifest.kind}`);
  new Resource(manifest).validate();
}

const options: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  types: [],
};

/**
 * What the types of the resources have against manifests, as messages: above all keys that no schema knows, which the API server takes
 * for a mistake in writing and refuses.
 */
export function typeFaults(manifests: readonly Manifest[]): readonly string[] {
  const source = manifests
    .map((manifest, index) => {
      const type = `import(${JSON.stringify(moduleOf(manifest))}).I${manifest.kind}`;
      return `export const manifest${index}: ${type} = ${JSON.stringify(manifest)};`;
    })
    .join('\n');
  const path = join(folder, 'manifests.ts');
  const disk = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...disk,
    getSourceFile: (name, ...rest) =>
      name === path
        ? ts.createSourceFile(name, source, ts.ScriptTarget.ES2022)
        : disk.getSourceFile(name, ...rest),
    fileExists: (name) => name === path || disk.fileExists(name),
    readFile: (name) => (name === path ? source : disk.readFile(name)),
  };
  const program = ts.createProgram([path], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}
