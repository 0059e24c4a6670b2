import { camelCase } from '../../../encode/names.js';
import type { Evidence } from '../evidence.js';
import { Guess, plain, type Draft, type Entry } from '../draft.js';
import { presetFacts } from './presets.js';

const names = /^[a-zA-Z_][a-zA-Z0-9_.-]*$/;

/** `GET /tasks/:id` is no name of the language; `get.tasks.id` is the nearest one. */
function allowedName(name: string): string {
  const words = name.replace(/[^a-zA-Z0-9_.-]+/g, '.').replace(/^[^a-zA-Z_]+|[.-]+$/g, '');
  return words.slice(0, 128);
}

/** Takes the spans of the code over. */
export function draftSpans(evidence: Evidence, draft: Draft): void {
  const ofPresets = new Set(
    presetFacts().flatMap((facts) =>
      draft.presets.some((each) => plain(each) === facts.name) ? [...facts.spans] : [],
    ),
  );
  const taken = new Map<string, string>();
  for (const span of [...evidence.spans.values()].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const where = span.sightings[0]?.where;
    const name = names.test(span.name) ? span.name : allowedName(span.name);
    if (name === '' || ofPresets.has(name)) continue;
    const other = taken.get(camelCase(name));
    if (other !== undefined) {
      evidence.note(
        'left out',
        `spans.${span.name}`,
        `its helper would have the name of that of ${other}`,
        where,
      );
      continue;
    }
    taken.set(camelCase(name), name);
    if (name !== span.name)
      evidence.note(
        'changed',
        `spans.${span.name}`,
        `it is called ${name}: the other is no name of the language`,
        where,
      );
    const attributes = [...span.attributes].map(([key, type]): [string, Entry] => [key, { type }]);
    const kind = span.kind ?? new Guess('internal', 'the code does not say');
    draft.spans.set(name, {
      kind,
      ...(attributes.length === 0 ? {} : { attributes: Object.fromEntries(attributes.slice(0, 64)) }),
    });
  }
}
