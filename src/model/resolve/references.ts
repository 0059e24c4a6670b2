import type { DiagnosticCode } from '../../diagnostics/catalogue.js';
import type { Range } from '../../diagnostics/diagnostic.js';
import { nearest } from '../../diagnostics/did-you-mean.js';
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
 */
export function refer<T>(context: Context, targets: Targets<T>, name: string, range: Range): T | undefined {
  const target = targets.found.get(name);
  if (target !== undefined || targets.isDeclared(name)) return target;
  const near = nearest(name, targets.found.keys());
  const preset = presetWith(targets.section, name);
  const isListed = preset !== undefined && (context.spec.presets ?? []).some((each) => each === preset);
  context.report(targets.code, {
    message: `unknown ${targets.kind} '${name}'`,
    range,
    help:
      preset !== undefined && !isListed
        ? `it is part of the preset '${preset}': add '${preset}' to 'presets'`
        : near !== undefined
          ? `did you mean '${near}'?`
          : targets.found.size > 0 && targets.found.size <= 12
            ? `declare it under '${targets.section}', or use one of ${listed(targets.found.keys(), 12)}`
            : `declare it under '${targets.section}'`,
    fix: near === undefined ? undefined : { range, text: near },
  });
  return undefined;
}
