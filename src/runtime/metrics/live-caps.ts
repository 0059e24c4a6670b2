import { setNotes } from '../notes.js';
import { hasOwn } from '../own-property.js';
import { onSettings } from '../settings/settings.js';
import type { LabelSetting } from '../settings/settings.js';
import { labelTables } from './label.js';
import { labelText } from './label-text.js';

/** Keeps the caps of labels as the settings have them while the program runs; returns the end of it. */
export function followCaps(): () => void {
  return onSettings(({ labels = {} }) => {
    const tables = [...labelTables];
    for (const table of tables) table.limit(labels[table.key]?.cap);
    const known = new Set(tables.map(({ key }) => key));
    setNotes('caps of labels', [
      ...tables.flatMap((table) => refusal(table, hasOwn(labels, table.key) ? labels[table.key] : undefined)),
      ...Object.keys(labels)
        .filter((key) => !known.has(key))
        .map((key) => `settings: there is no label ${labelText(key)}`),
    ]);
  });
}

function refusal(
  table: {
    readonly key: string;
    readonly kind: string;
    readonly declaredCap: number;
    readonly isDropped: boolean;
  },
  wish: LabelSetting | undefined,
): readonly string[] {
  const { cap, drop } = wish ?? {};
  const { key } = table;
  const notes: string[] = [];
  if (cap !== undefined && table.kind === 'closed')
    notes.push(`settings: the cap of ${key} is ignored: its values are fixed by the spec`);
  else if (cap !== undefined && cap > table.declaredCap)
    notes.push(
      `settings: the cap ${cap} of ${key} is ignored: the spec has ${table.declaredCap}, and a lower one is possible`,
    );
  if (drop !== undefined && drop !== table.isDropped)
    notes.push(
      `settings: to ${drop ? 'drop' : 'show'} ${key} takes a restart with OBSGEN_SETTINGS_FILE or OBSGEN_LABELS`,
    );
  return notes;
}
