import type { TestSeries } from '../../series.js';
import { twinOf, type Input } from './inputs.js';
import { knobsOf, seriesOfInput, type Knob, type Phase, type Settings } from './knobs.js';
import type { Stage } from './stage.js';

/** One input of a scenario, and which input of the alert it is like. */
export interface Role {
  readonly input: Input;
  /** Index of the alert's own input. */
  readonly like: number;
  readonly part: 'own' | 'companion' | 'group' | 'stranger';
}

/** Positions of one role's knobs, in their order. */
export type Part = readonly number[];

function differences(one: Input, other: Input): number {
  if (one.metric !== other.metric) return Infinity;
  const labels = new Set([...one.labels.keys(), ...other.labels.keys()]);
  return [...labels].filter((label) => one.labels.get(label) !== other.labels.get(label)).length;
}

/**
 * Everybody who may appear: the series that the alert reads; beside each another one of the same group, and one of another group; and
 * those that it must not read, which differ from one of its own in one label.
 */
export function castOf({ inputs, excluded, varied }: Stage): readonly Role[] {
  const own = inputs.map((input, like): Role => ({ input, like, part: 'own' }));
  const beside = own.flatMap(({ input, like }): Role[] => {
    const free = new Map([...input.alternatives].filter(([label]) => !varied.has(label)));
    // Where results are grouped by all that a series has, what a scrape may add tells two of them apart.
    const second = (one: Input): Input =>
      free.size > 0 ? twinOf(one, free) : { ...one, labels: new Map([...one.labels, ['pod', 'pod-two']]) };
    const companion = second(input);
    const group = twinOf(input, varied);
    const both = second(group);
    return [
      { input: companion, like, part: 'companion' as const },
      { input: group, like, part: 'group' as const },
      { input: both, like, part: 'group' as const },
    ].filter((role) => differences(role.input, input) > 0);
  });
  const strangers = own.flatMap(({ input, like }): Role[] =>
    excluded
      .filter((stranger) => differences(stranger, input) === 1)
      .map((stranger): Role => ({ input: stranger, like, part: 'stranger' })),
  );
  const byName = new Map<string, Role>();
  for (const role of [...own, ...beside, ...strangers]) {
    const name = JSON.stringify([role.input.metric, ...[...role.input.labels].sort()]);
    if (!byName.has(name)) byName.set(name, role);
  }
  return [...byName.values()];
}

/** A cast with the knobs of everybody. */
export class Troupe {
  readonly roles: readonly Role[];
  /** Numbers that the condition names. */
  readonly constants: readonly number[];
  readonly #knobs: readonly Knob[];
  readonly #slices: readonly (readonly [from: number, to: number])[];
  readonly #own: readonly (readonly Knob[])[];

  constructor(stage: Stage, constants: readonly number[]) {
    this.roles = castOf(stage);
    this.constants = constants;
    const { interval, windows } = stage.pace;
    const made = knobsOf(
      this.roles.map(({ input }) => input),
      constants,
      interval,
    );
    // What a counter has to grow by so that a number is passed within a range.
    const grown = constants.flatMap((each) =>
      windows.flatMap((range) => [0.3, 0.75, 1.5, 3].map((times) => (each * times * interval) / range)),
    );
    this.#knobs = made.map((knob) =>
      (knob.kind === 'level' || knob.kind === 'count') && this.roles[knob.input]?.input.kind !== 'gauge'
        ? { ...knob, positions: [...knob.positions, ...grown.map(onGrid)] }
        : knob,
    );
    this.#slices = this.roles.map((_, role): readonly [number, number] => {
      const from = this.#knobs.findIndex(({ input }) => input === role);
      return [from, from + this.#knobs.filter(({ input }) => input === role).length];
    });
    this.#own = this.#slices.map((slice) =>
      this.#knobs.slice(...slice).map((knob) => ({ ...knob, input: 0 })),
    );
  }

  knobsOf(role: number): readonly Knob[] {
    return this.#own[role] ?? [];
  }

  /** Of the settings of the alert's own inputs, the part of the one that a role is like. */
  partOf(role: number, settings: Settings): Part {
    const like = this.roles[role]?.like ?? 0;
    return settings.slice(...(this.#slices[like] ?? [0, 0]));
  }

  /** The part of somebody who is not there. */
  absent(role: number): Part {
    return this.knobsOf(role).map(({ kind, positions }) => (kind === 'present' ? 0 : (positions[0] ?? 0)));
  }

  /** The series of everybody who appears in one phase at least. */
  series(
    phases: readonly { readonly samples: number; readonly parts: readonly Part[] }[],
  ): readonly TestSeries[] {
    return this.roles.flatMap(({ input }, role) => {
      const knobs = this.knobsOf(role);
      const present = knobs.findIndex(({ kind }) => kind === 'present');
      const played = phases.map(({ samples, parts }): Phase => ({ samples, settings: parts[role] ?? [] }));
      if (played.every(({ samples, settings }) => samples === 0 || settings[present] === 0)) return [];
      return seriesOfInput(input, 0, knobs, played);
    });
  }
}

/** A number with few binary digits, so that adding it up again and again loses nothing. */
export function onGrid(value: number): number {
  if (value === 0) return 0;
  const unit = 2 ** (Math.floor(Math.log2(Math.abs(value))) - 6);
  return Math.round(value / unit) * unit;
}
