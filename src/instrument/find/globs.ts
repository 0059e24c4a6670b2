/**
 * Globs over paths with `/`: `*` and `?` within a part, `**` over any number of parts, `{a,b}` for alternatives. A glob that ends in a
 * plain name means that folder too: `src` is `src/**`. Brackets stand for themselves, since folders are called `[id]`.
 * No regular expressions: a glob of a spec has to be answered in time that its length bounds.
 */
export type GlobMatcher = (path: string) => boolean;

const many = Symbol('**');
type Part = string | typeof many;

/** More alternatives than anybody writes: what is beyond is left out. */
const maximumAlternatives = 1000;

/** Whether a path fits one of the globs. */
export function globMatcher(globs: readonly string[]): GlobMatcher {
  const patterns = globs.flatMap((glob) => alternativesOf(glob).map(partsOf));
  return (path) => {
    const parts = path.split('/');
    return patterns.some((pattern) => fitsParts(pattern, parts));
  };
}

/** Whether a name fits a pattern of one part, in which `*` is any text and `?` any character. */
export function fitsPart(pattern: string, name: string): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  let index = 0;
  while (index < name.length) {
    if (pattern[at] === '*') {
      star = at;
      at += 1;
      resume = index;
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === name[index])) {
      at += 1;
      index += 1;
    } else if (star >= 0) {
      at = star + 1;
      resume += 1;
      index = resume;
    } else {
      return false;
    }
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}

function partsOf(glob: string): readonly Part[] {
  const parts = glob.split('/').filter((part) => part !== '' && part !== '.');
  const pattern: Part[] = parts.map((part) => (part === '**' ? many : part));
  const last = parts.at(-1);
  if (last !== undefined && !last.includes('*') && !last.includes('?')) pattern.push(many);
  return pattern;
}

/** The same two-pointer walk as for characters: only the last `**` has to be gone back to. */
function fitsParts(pattern: readonly Part[], parts: readonly string[]): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  let index = 0;
  while (index < parts.length) {
    const part = pattern[at];
    if (part === many) {
      star = at;
      at += 1;
      resume = index;
    } else if (part !== undefined && fitsPart(part, parts[index] ?? '')) {
      at += 1;
      index += 1;
    } else if (star >= 0) {
      at = star + 1;
      resume += 1;
      index = resume;
    } else {
      return false;
    }
  }
  while (pattern[at] === many) at += 1;
  return at === pattern.length;
}

/** `a.{ts,js}` as `a.ts` and `a.js`; a brace without its partner stands for itself. */
function alternativesOf(glob: string): readonly string[] {
  const open: string[] = [glob];
  const done: string[] = [];
  while (open.length > 0 && done.length < maximumAlternatives) {
    const next = open.pop() ?? '';
    const group = firstGroup(next);
    if (group === undefined) done.push(next);
    else open.push(...group.slice(0, maximumAlternatives));
  }
  return done;
}

function firstGroup(glob: string): readonly string[] | undefined {
  const start = glob.indexOf('{');
  if (start < 0) return undefined;
  const commas: number[] = [start];
  let depth = 0;
  for (let index = start; index < glob.length; index += 1) {
    const character = glob[index];
    if (character === '{') depth += 1;
    else if (character === ',' && depth === 1) commas.push(index);
    else if (character === '}') {
      depth -= 1;
      if (depth > 0) continue;
      const ends = [...commas.slice(1), index];
      const before = glob.slice(0, start);
      const after = glob.slice(index + 1);
      return commas.map((from, which) => before + glob.slice(from + 1, ends[which]) + after);
    }
  }
  return undefined;
}
