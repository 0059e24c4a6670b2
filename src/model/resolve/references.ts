import type { DiagnosticCode } from '../../diagnostics/catalogue.js';
import type { Range } from '../../diagnostics/diagnostic.js';
import { presetWith } from '../preset-index.js';
import type { Context } from './context.js';

/** The entries of a section that other entries may name. */
export interface Targets<T> {
  /** In words: 'label', 'metric'. */
  readonly kind: string;
  /** Where they are declared: 'labels', 'metrics'. */
  readonly section: string;
  /** What is reported where a name leads nowhere. */
  readonly code: DiagnosticCode;
  readonly found: ReadonlyMap<string, T>;
  /** Also entries that are so broken that they are not in the model: naming them is no second fault. */
  isDeclared(name: string): boolean;
}

/**
 * Makes the targets of a section.
 * @param declared the section of the spec, broken entries included
 */
export function targetsOf<T>(
  kind: string,
  section: string,
  code: DiagnosticCode,
  found: ReadonlyMap<string, T>,
  declared: object | undefined,
): Targets<T> {
  return {
    kind,
    section,
    code,
    found,
    isDeclared: (name) => found.has(name) || (declared !== undefined && Object.hasOwn(declared, name)),
  };
}

/** A list of names for a help text, cut off where it gets long. */
export function listed(names: Iterable<string>, limit = 8): string {
  const all = [...names];
  const shown = all.slice(0, limit).join(', ');
  return all.length > limit ? `${shown} and ${all.length - limit} more` : shown;
}

/**
 * The entry that a name stands for. A name that leads nowhere is reported with the nearest that does; a name of a broken entry is not
 * reported again.
 * @param taken names that stand beside this one in a list without repetitions: they were not meant
 */
export function refer<T>(
  context: Context,
  targets: Targets<T>,
  name: string,
  range: Range,
  taken: readonly string[] = [],
): T | undefined {
  const target = targets.found.get(name);
  if (target !== undefined || targets.isDeclared(name)) return target;
  reportUnknown(context, targets, name, range, taken);
  return undefined;
}

/**
 * Reports a name that leads nowhere.
 * @param taken names that cannot have been meant
 */
export function reportUnknown(
  context: Context,
  targets: Targets<unknown>,
  name: string,
  range: Range,
  taken: readonly string[],
): void {
  if (isInvented(context, name, range)) return;
  const names = [...targets.found.keys()].filter((each) => !taken.includes(each));
  const near = likely(context, name, names);
  const preset = presetWith(targets.section, name);
  const isListed = preset !== undefined && (context.spec.presets ?? []).some((each) => each === preset);
  context.report(targets.code, {
    message: `unknown ${targets.kind} \`${name}\``,
    range,
    help:
      preset !== undefined && !isListed
        ? `it is part of the preset \`${preset}\`: add \`${preset}\` to \`presets\``
        : near !== undefined
          ? `did you mean \`${near}\`?`
          : `declare it under \`${targets.section}\`${alternatives(names)}`,
    fix: near === undefined ? undefined : { range, text: near },
  });
}

/** Whether a name stands nowhere in the file, because the schema stage put it there for one that was missing or invalid. */
function isInvented({ loaded }: Context, name: string, { source, start, end }: Range): boolean {
  return loaded.repaired.size > 0 && !source.text.slice(start, end).includes(name);
}

/** The name that was probably meant: the nearest, or the only one of which the word is a beginning or which is a beginning of it. */
function likely(context: Context, name: string, names: readonly string[]): string | undefined {
  const near = context.hints(name, names);
  if (near !== undefined) return near;
  const related = names.filter((each) => each.startsWith(`${name}_`) || name.startsWith(`${each}_`));
  return related.length === 1 ? related[0] : undefined;
}

/** A few names that could be used instead; where there are many, they say nothing. */
function alternatives(names: readonly string[]): string {
  if (names.length === 0 || names.length > 12) return '';
  return names.length === 1 ? `, or use \`${names[0] ?? ''}\`` : `, or use one of ${names.join(', ')}`;
}
