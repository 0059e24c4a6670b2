import type { Candidate } from '../candidate.js';
import type { Insertion, PathEntries } from '../insertion.js';
import { literalText, readPath, type PlaceFact } from '../paths/path.js';

/** Whether an insertion reads what the code says literally, so that it differs from place to place. */
export function factsIn({ attributes, count, time, log }: Insertion): boolean {
  const entries = [attributes, count?.labels ?? [], time?.labels ?? [], log?.fields ?? []].flat();
  return entries.some(([, path]) => factOf(path) !== undefined);
}

/** An insertion with `name`, `class` and `tool` replaced by what they are at a place: `=search`. What is not known there is left out. */
export function withFacts(insertion: Insertion, candidate: Candidate): Insertion {
  const { attributes, count, time, log } = insertion;
  const resolved = (entries: PathEntries): PathEntries =>
    entries.flatMap(([name, path]) => {
      const fact = factOf(path);
      if (fact === undefined) return [[name, path] as const];
      const value = valueOf(fact, candidate);
      return value === undefined ? [] : [[name, literalText(value)] as const];
    });
  return {
    ...insertion,
    attributes: resolved(attributes),
    ...(count !== undefined && { count: { ...count, labels: resolved(count.labels) } }),
    ...(time !== undefined && { time: { ...time, labels: resolved(time.labels) } }),
    ...(log !== undefined && { log: { ...log, fields: resolved(log.fields) } }),
  };
}

function factOf(path: string): PlaceFact | undefined {
  const read = readPath(path);
  return 'path' in read && read.path.kind === 'fact' ? read.path.fact : undefined;
}

function valueOf(fact: PlaceFact, candidate: Candidate): string | undefined {
  switch (fact) {
    case 'name':
      return candidate.name;
    case 'class':
      return candidate.className;
    case 'tool':
      return candidate.kind === 'call' ? undefined : candidate.tool?.name;
  }
}
