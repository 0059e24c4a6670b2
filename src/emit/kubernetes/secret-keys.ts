import type { Model } from '../../model/model.js';
import type { Stack } from '../../model/stack.js';
import { secretsOf } from '../../stack/secrets.js';

/** A reference to a key of a Secret. */
export interface SecretKey {
  readonly name: string;
  readonly key: string;
}

/**
 * The key of a Secret that a file of the spec becomes: its name below stack/secrets.
 * @throws where no secret of the stack is that file: a bug of ours
 */
export function secretKeyOf(model: Model, stack: Stack, name: string, file: string): SecretKey {
  // A relative path begins where its reader's configuration lies, and ends as it is written.
  const end = `/${file.replace(/^(?:\.\/)+/, '')}`;
  const given = secretsOf(model, stack).filter(({ kind }) => kind === 'given');
  const secret =
    given.find(({ readAs }) => readAs === file) ?? given.find(({ readAs }) => readAs?.endsWith(end));
  if (secret === undefined) throw new Error(`no secret of the stack is ${file}`);
  return { name, key: secret.name };
}

/** The keys of one Secret that a manifest refers to, each once, in its order. */
export function keysIn(manifest: object, name: string): readonly string[] {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const { name: own, key } = value as Partial<Record<'name' | 'key', unknown>>;
    if (own === name && typeof key === 'string') found.add(key);
    Object.values(value).forEach(visit);
  };
  visit(manifest);
  return [...found];
}

/** How a Secret is made of the files below stack/secrets. */
export function secretCommand(name: string, keys: readonly string[]): string {
  const files = keys.map((key) => `--from-file=${key}`).join(' ');
  return `In stack/secrets, where the files are: kubectl create secret generic ${name} ${files}`;
}
