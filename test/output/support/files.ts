import type { OutputFile } from '../../../src/emit/emitter.js';

/** A tree to be built: the seed is in every byte range of a file, so that a mixture of two builds in one file is seen. */
export function filesOf(seed: number, count: number): OutputFile[] {
  return Array.from({ length: count }, (_, index) => {
    const path = `part-${index % 7}/${index % 3 === 0 ? 'deep/' : ''}file-${index}.txt`;
    return { path, content: contentOf(seed, path) };
  });
}

export function contentOf(seed: number, path: string): string {
  // Some files are the same for all seeds, as most of a real tree is.
  const shown = path.endsWith('4.txt') ? 'any' : String(seed);
  const lines = 20 + ((path.length * 37) % 200);
  return `${Array.from({ length: lines }, (_, line) => `${shown} ${path} ${line}`).join('\n')}\n`;
}

/** The seed of a whole file, 'any' for one that is the same for all seeds; undefined for one that is torn or mixed. */
export function seedOf(path: string, content: string): number | 'any' | undefined {
  const first = content.slice(0, content.indexOf(' '));
  if (content !== contentOf(first === 'any' ? 0 : Number(first), path)) return undefined;
  return first === 'any' ? 'any' : Number(first);
}
