import { painter } from '../../diagnostics/render/style.js';
import type { Inferred } from '../../inspect/infer/infer.js';

/** Notes of a kind beyond this number are only counted: with `--verbose` all are shown. */
const shownNotes = 12;

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function line(what: string, found: number, taken: number, extra = ''): string[] {
  return found === 0 && taken === 0
    ? []
    : [`  ${what.padEnd(12)}${String(found).padStart(6)} found ${String(taken).padStart(6)} taken${extra}\n`];
}

/** The summary for people: what was found, taken, guessed and left out. */
export function inferText(
  inferred: Inferred,
  target: string | undefined,
  isVerbose: boolean,
  isColored: boolean,
): string {
  const paint = painter(isColored);
  const { found, taken, guesses, notes, warnings } = inferred;
  const external = taken.external > 0 ? `, and ${taken.external} as metrics of others` : '';
  const presets = taken.presets.length > 0 ? `, presets ${taken.presets.join(', ')}` : '';
  const parts = [
    ...line('metrics', found.metrics, taken.metrics, external + presets),
    ...line('labels', found.labels, taken.labels),
    ...line('spans', found.spans, taken.spans),
    ...line('alerts', found.alerts, taken.alerts),
    ...line(
      'panels',
      found.panels,
      taken.panels,
      taken.dashboards > 0 ? `, in ${plural(taken.dashboards, 'dashboard')}` : '',
    ),
  ];
  const titles = {
    look: ['worth a look', 'warning'],
    changed: ['taken, but not as it was', 'help'],
    'left out': ['left out', 'warning'],
  } as const;
  for (const kind of ['left out', 'look', 'changed'] as const) {
    const own = notes.filter((note) => note.kind === kind);
    if (own.length === 0) continue;
    const [title, style] = titles[kind];
    parts.push(`\n${paint(style, `${title}:`)}\n`);
    for (const { subject, message, where } of isVerbose ? own : own.slice(0, shownNotes))
      parts.push(`  ${paint('strong', subject)}: ${message}${where === undefined ? '' : ` (${where})`}\n`);
    if (!isVerbose && own.length > shownNotes)
      parts.push(`  and ${own.length - shownNotes} more: --verbose shows all\n`);
  }
  if (isVerbose) {
    parts.push(
      `\n${paint('help', 'guessed:')}\n`,
      ...guesses.map(({ at, reason }) => `  ${at}: ${reason}\n`),
    );
  }
  const total = [...warnings.values()].reduce((sum, count) => sum + count, 0);
  parts.push(
    `\n${plural(guesses.length, 'guess').replace('guesss', 'guesses')}, each marked in the spec; no error`,
  );
  parts.push(
    total === 0
      ? ''
      : `, ${plural(total, 'warning')} (${[...warnings].map(([code, count]) => `${count} × ${code}`).join(', ')})`,
  );
  parts.push(
    `\n${target === undefined ? '' : `${target} written: obs-gen validate --spec ${target} shows the warnings, obs-gen build compiles it\n`}`,
  );
  return parts.join('');
}

/** The same for programs. @param withSpec whether the spec is part of it */
export function inferJson(inferred: Inferred, withSpec: boolean): string {
  const { text, found, taken, guesses, notes, warnings } = inferred;
  const report = {
    found,
    taken,
    guesses,
    notes,
    warnings: Object.fromEntries(warnings),
    ...(withSpec ? { spec: text } : {}),
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
