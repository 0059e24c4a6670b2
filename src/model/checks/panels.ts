import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic, Range } from '../../diagnostics/diagnostic.js';
import { locate } from '../../spec/located.js';
import type { Panel as SpecPanel } from '../../spec/spec.js';
import { originOfItem } from '../origin.js';
import { isPathAsWritten, keyRange } from './places.js';
import type { CheckInput, Rule } from './rule.js';
import { quotedList } from './words.js';

const sourceKeys = ['metric', 'query', 'queries', 'slo', 'text'] as const;

/** What the types with a language of their own need. */
const neededKey: Partial<Record<NonNullable<SpecPanel['type']>, (typeof sourceKeys)[number]>> = {
  logs: 'query',
  traces: 'query',
  text: 'text',
};

const languages: Partial<Record<NonNullable<SpecPanel['type']>, string>> = {
  logs: 'write a `query` in LogQL',
  traces: 'write a `query` in TraceQL',
  text: 'write the Markdown under `text`',
};

interface Place {
  /** The panel's title, or what stands for it. */
  readonly name: Range;
  key(key: string): Range;
  value(key: string): Range;
}

function* sources(panel: SpecPanel, place: Place): Iterable<Diagnostic> {
  const written = sourceKeys.filter((key) => panel[key] !== undefined);
  const { type } = panel;
  const needed = type === undefined ? undefined : neededKey[type];
  const [first, second] = written;
  if (type === 'alertlist') {
    if (first === undefined) return;
    yield diagnostic('OBS3507', {
      message: `\`${first}\` has no effect in a list of alerts`,
      range: place.key(first),
      help: `remove \`${first}\``,
    });
  } else if (first !== undefined && second !== undefined) {
    yield diagnostic('OBS3502', {
      message: `the panel has ${quotedList(written)}`,
      range: place.key(second),
      related: [{ range: place.key(first), message: 'the first source' }],
      help: 'keep one, or make two panels of it',
    });
  } else if (needed !== undefined && type !== undefined && first !== needed) {
    yield diagnostic('OBS3506', {
      message: `a panel of type \`${type}\` needs a \`${needed}\``,
      range: place.value('type'),
      help: languages[type],
    });
  } else if (first === 'text' && type !== undefined && type !== 'text') {
    yield diagnostic('OBS3506', {
      message: `a panel of type \`${type}\` does not show text`,
      range: place.value('type'),
      help: 'use `type: text`, or name a metric',
    });
  } else if (first === undefined && panel.thresholdsFrom === undefined) {
    yield diagnostic('OBS3501', {
      message: 'the panel shows nothing',
      range: place.name,
      help: 'add one of `metric`, `query`, `queries`, `slo`, `text` or `thresholdsFrom`',
    });
  }
}

/** What only a metric can be asked for. */
function* withoutMetric(panel: SpecPanel, place: Place): Iterable<Diagnostic> {
  const hasOther = panel.thresholdsFrom !== undefined || sourceKeys.some((key) => panel[key] !== undefined);
  if (panel.metric !== undefined || !hasOther) return;
  for (const key of ['show', 'by'] as const) {
    if (panel[key] === undefined) continue;
    yield diagnostic('OBS3507', {
      message: `\`${key}\` has no effect without \`metric\``,
      range: place.key(key),
      help: `remove \`${key}\`, or name a \`metric\``,
    });
  }
}

function placeOf(input: CheckInput, path: readonly (string | number)[]): Place {
  const located = locate(input.loaded.root, path);
  const origin = located === undefined ? undefined : originOfItem(located, 'title');
  return {
    name: origin?.key ?? keyRange(input, ...path),
    key: (key) => keyRange(input, ...path, key),
    value: (key) => origin?.of(key) ?? keyRange(input, ...path),
  };
}

/** OBS3501, OBS3502, OBS3506, OBS3507: each panel has one thing to show, of a kind that its type can. */
export const panels: Rule = function* (input) {
  for (const [name, dashboard] of Object.entries(input.spec.dashboards ?? {})) {
    const isRepaired = input.loaded.repaired.get(`/dashboards/${name}`)?.has('rows') ?? false;
    for (const [row, { panels: list }] of dashboard.rows.entries()) {
      for (const [index, panel] of list.entries()) {
        const path = ['dashboards', name, 'rows', row, 'panels', index];
        if (isRepaired && !isPathAsWritten(input, ...path)) continue;
        const place = placeOf(input, path);
        yield* sources(panel, place);
        yield* withoutMetric(panel, place);
      }
    }
  }
};
