import { ts } from 'ts-morph';
import type { Insertion } from '../../insertion.js';

const { isIdentifier } = ts;

/** `{ args: [config], this: this }`: what the paths begin with; undefined where there are none. */
export function constructorRoots(
  insertion: Insertion,
  parameters: readonly ts.ParameterDeclaration[],
): string | undefined {
  const paths = pathsOf(insertion);
  const args = argumentsText(paths, parameters);
  const parts = [
    ...(args === undefined ? [] : [`args: ${args}`]),
    ...(paths.some((path) => /^(?:this|result)\b/.test(path)) ? ['this: this'] : []),
  ];
  return parts.length === 0 ? undefined : `{ ${parts.join(', ')} }`;
}

function pathsOf({ attributes, count, time, log }: Insertion): readonly string[] {
  const lists = [attributes, count?.labels, time?.labels, log?.fields];
  return lists.flatMap((entries) => (entries ?? []).map(([, path]) => path));
}

/** The parameters by name, as far as paths ask for them; `arguments` where one of them has no single name. */
function argumentsText(
  paths: readonly string[],
  parameters: readonly ts.ParameterDeclaration[],
): string | undefined {
  const asked = paths.filter((path) => /^args\b/.test(path));
  if (asked.length === 0) return undefined;
  const last = Math.max(...asked.map((path) => Number(/^args(?:\.|\[)(\d+)/.exec(path)?.[1] ?? Infinity)));
  if (last >= parameters.length) return 'arguments';
  const names = parameters.slice(0, last + 1).map(plainName);
  return names.includes(undefined) ? 'arguments' : `[${names.join(', ')}]`;
}

function plainName({ name, dotDotDotToken }: ts.ParameterDeclaration): string | undefined {
  return isIdentifier(name) && dotDotDotToken === undefined ? name.text : undefined;
}
