import type { TestSeries } from '../../series.js';
import { onGrid, type Part, type Troupe } from './cast.js';
import { chances } from './chances.js';
import type { Settings } from './knobs.js';
import type { Edge } from './search.js';
import { healthyAt, type Stage } from './stage.js';

/** Series through one or more stretches of time. */
export interface Arrangement {
  readonly series: readonly TestSeries[];
  readonly samples: number;
}

/** Arranges a cast around the limit of an alert. */
export class Director {
  protected readonly stage: Stage;
  protected readonly edge: Edge;
  protected readonly troupe: Troupe;
  /** Whether the condition holds at the end of an arrangement. */
  protected readonly fires: (arrangement: Arrangement) => boolean;
  readonly #chance = chances();

  constructor(stage: Stage, edge: Edge, troupe: Troupe, fires: (arrangement: Arrangement) => boolean) {
    this.stage = stage;
    this.edge = edge;
    this.troupe = troupe;
    this.fires = fires;
  }

  #next(): number {
    return this.#chance.next().value;
  }

  #pick<T>(from: readonly T[]): T | undefined {
    return from[Math.floor(this.#next() * from.length)];
  }

  /** Everybody, for a moment. */
  everybody(): Arrangement {
    return this.arranged([{ samples: 2, parts: this.parts(this.edge.firing, () => 'like') }]);
  }

  protected arranged(
    phases: readonly { readonly samples: number; readonly parts: readonly Part[] }[],
  ): Arrangement {
    return {
      series: this.troupe.series(phases),
      samples: phases.reduce((sum, { samples }) => sum + samples, 0),
    };
  }

  protected parts(settings: Settings, others: (role: number) => Part | 'like' | 'absent'): readonly Part[] {
    return this.troupe.roles.map(({ part }, role) => {
      if (part === 'own') return this.troupe.partOf(role, settings);
      const chosen = others(role);
      if (chosen === 'like') return this.troupe.partOf(role, settings);
      return chosen === 'absent' ? this.troupe.absent(role) : chosen;
    });
  }

  /** How long series have to stand so that nothing older is seen and the alert has waited. */
  protected get long(): number {
    const { settled, pending } = this.stage.pace;
    return settled + pending + 2;
  }

  protected get known(): readonly Settings[] {
    const { justFiring, justSilent, firing: far, silent: quiet, limit } = this.edge;
    return [justFiring, justSilent, far, quiet, ...(limit === undefined ? [] : [limit])];
  }

  /** What a role may do: what the alert's own series do around the limit, and more than that. */
  #ways(role: number): readonly Part[] {
    const knobs = this.troupe.knobsOf(role);
    const isGauge = this.troupe.roles[role]?.input.kind === 'gauge';
    const like = this.known.map((settings) => this.troupe.partOf(role, settings));
    const extreme = [2, 3, 4].map((place) =>
      knobs.map(({ kind, positions }) =>
        kind === 'present' ? 1 : kind === 'slope' ? (positions[0] ?? 0) : (positions.at(-place) ?? 0),
      ),
    );
    // What makes a sum nothing.
    const opposite = like
      .slice(0, 2)
      .map((part) =>
        part.map((position, index) => (isGauge && knobs[index]?.kind === 'level' ? -position : position)),
      );
    return [...like, ...extreme, ...opposite];
  }

  /** A part with nothing going on. */
  #resting(role: number, part: Part): Part {
    return this.troupe
      .knobsOf(role)
      .map(({ kind }, index) => (kind === 'level' || kind === 'count' ? 0 : (part[index] ?? 0)));
  }

  /** A part with so many times as much going on. */
  #scaled(role: number, part: Part, factor: number): Part {
    if (this.troupe.roles[role]?.input.kind === 'gauge') return part;
    return this.troupe
      .knobsOf(role)
      .map(({ kind }, index) =>
        kind === 'level' || kind === 'count' ? onGrid((part[index] ?? 0) * factor) : (part[index] ?? 0),
      );
  }

  /** As the limit was found, with so many times as much of everything. */
  #course(
    factor: number,
    others: (role: number) => 'like' | 'absent',
    ownFactor: (role: number) => number = () => 1,
  ): Arrangement {
    const { history, samples } = this.edge.course;
    const parts = (settings: Settings): readonly Part[] =>
      this.parts(settings, others).map((part, role) => this.#scaled(role, part, factor * ownFactor(role)));
    const now = parts(this.edge.firing);
    return this.arranged(
      history === undefined
        ? [{ samples: this.long, parts: now }]
        : [
            { samples: this.stage.pace.settled, parts: parts(history) },
            { samples, parts: now },
          ],
    );
  }

  /** Less and less of everything, which leaves shares as they are: what asks for a least amount does not hold any more. */
  *#amounts(): Generator<Arrangement> {
    const { roles } = this.troupe;
    if (roles.every(({ input }) => input.kind === 'gauge')) return;
    const alone = (factor: number): Arrangement => this.#course(factor, () => 'absent');
    let [enough, little] = [1, 0];
    for (let factor = 1; factor > 1e-9; factor /= 8) {
      if (this.fires(alone(factor))) enough = factor;
      else if (factor < 1) {
        little = factor;
        break;
      }
    }
    if (little === 0) {
      yield alone(enough);
      return;
    }
    for (let count = 0; count < 8; count += 1) {
      const middle = (enough + little) / 2;
      if (this.fires(alone(middle))) enough = middle;
      else little = middle;
    }
    for (const share of [0.7, 1.4]) {
      yield alone(enough * share);
      for (const [index, { part }] of roles.entries()) {
        if (part === 'own') continue;
        for (const other of [1, 0.05])
          yield this.#course(
            enough * share,
            (role) => (role === index ? 'like' : 'absent'),
            (role) => (role === index ? other : 1),
          );
      }
      for (const kind of ['companion', 'stranger', 'group'] as const)
        for (const other of [1, 0.05])
          yield this.#course(
            enough * share,
            (role) => (roles[role]?.part === kind ? 'like' : 'absent'),
            (role) => (roles[role]?.part === kind ? other : 1),
          );
    }
  }

  /** What was before the past that the alert compares with: much, or nothing. */
  *#preludes(): Generator<Arrangement> {
    const { course, firing: far, justFiring, justSilent } = this.edge;
    const { pace } = this.stage;
    if (course.history === undefined) return;
    const past = this.parts(course.history, () => 'absent');
    for (const window of pace.windows)
      for (const share of [0.7, 1.05])
        for (const factor of [0, 0.1, 8])
          for (const settings of [far, justFiring, justSilent]) {
            const before = past.map((part, role) =>
              factor === 0 ? this.#resting(role, part) : this.#scaled(role, part, factor),
            );
            yield this.arranged([
              { samples: pace.settled, parts: before },
              { samples: Math.round((window * share) / pace.interval) + 2, parts: past },
              { samples: course.samples, parts: this.parts(settings, () => 'absent') },
            ]);
          }
  }

  /** A group that was not there long ago, and does what one that was there does not. */
  *#newcomers(): Generator<Arrangement> {
    const { course, firing: far } = this.edge;
    const { pace } = this.stage;
    const { history } = course;
    if (history === undefined || this.stage.varied.size === 0) return;
    const isNew = (role: number): boolean => this.troupe.roles[role]?.part === 'group';
    const without = this.parts(history, () => 'absent');
    const together = this.parts(history, (role) => (isNew(role) ? 'like' : 'absent'));
    const apart = together.map((part, role) => (isNew(role) ? this.troupe.partOf(role, far) : part));
    for (const window of pace.windows)
      for (const share of [0.35, 0.7])
        yield this.arranged([
          { samples: pace.settled, parts: without },
          { samples: Math.round((window * share) / pace.interval) + 2, parts: together },
          { samples: course.samples, parts: apart },
        ]);
  }

  /** Two gauges of one group that together are nothing. */
  *#opposites(): Generator<Arrangement> {
    for (const settings of this.known)
      for (const [index, { part, like, input }] of this.troupe.roles.entries()) {
        if (part !== 'companion' || input.kind !== 'gauge') continue;
        const parts = this.parts(settings, (role) => (role === index ? 'like' : 'absent'));
        const at = (role: number, level: number): Part =>
          this.troupe
            .knobsOf(role)
            .map(({ kind }, knob) => (kind === 'level' ? level : (parts[role]?.[knob] ?? 0)));
        yield this.arranged([
          { samples: this.long, parts: parts.with(like, at(like, 1)).with(index, at(index, -1)) },
        ]);
      }
  }

  /** Each role beside the alert's own series, and in the place of one of them, in the ways that the limit was found. */
  *orderly(): Generator<Arrangement> {
    const { roles } = this.troupe;
    const { history, samples } = this.edge.course;
    for (const settings of this.known)
      for (const [index, { part, like }] of roles.entries()) {
        if (part === 'own') continue;
        for (const way of this.#ways(index)) {
          const parts = this.parts(settings, (role) => (role === index ? way : 'absent'));
          if (history !== undefined) {
            const before = this.parts(history, (role) => (role === index ? 'like' : 'absent'));
            yield this.arranged([
              { samples: this.stage.pace.settled, parts: before },
              { samples, parts },
            ]);
            continue;
          }
          yield this.arranged([{ samples: this.long, parts }]);
          const resting = parts.with(like, this.#resting(like, parts[like] ?? []));
          yield this.arranged([{ samples: this.long, parts: resting }]);
        }
      }
    yield* this.#amounts();
    yield* this.#preludes();
    yield* this.#newcomers();
    yield* this.#opposites();
    yield* this.#steps();
  }

  /** What one of the series does begins or ends, so long ago that one window has seen enough of it and another has not. */
  *#steps(): Generator<Arrangement> {
    const { pace } = this.stage;
    for (const settings of this.known) {
      const parts = this.parts(settings, () => 'absent');
      for (const [index, { part }] of this.troupe.roles.entries()) {
        if (part !== 'own') continue;
        const own = parts[index] ?? [];
        const rests = parts.with(index, this.#resting(index, own));
        const absent = parts.with(index, this.troupe.absent(index));
        for (const window of pace.windows)
          for (const share of [0.35, 0.7, 1.4]) {
            const samples = Math.max(2, Math.round((window / pace.interval) * share) + 1);
            for (const [before, after] of [
              [parts, rests],
              [rests, parts],
              [parts, absent],
            ] as const) {
              const late = after === parts ? pace.pending : 0;
              yield this.arranged([
                { samples: this.long, parts: before },
                { samples: samples + late, parts: after },
              ]);
            }
          }
      }
    }
  }

  #turned(role: number, part: Part, likelihood: number): Part {
    return this.troupe.knobsOf(role).map(({ kind, positions }, index) => {
      const now = part[index] ?? positions[0] ?? 0;
      if (kind === 'present') return now;
      if (this.#next() >= (kind === 'slope' ? likelihood / 4 : likelihood)) return now;
      const random = this.#next();
      if (random < 0.3) return now * (this.#pick([0.4, 0.6, 0.75, 1.5, 1.9, 3]) ?? 1);
      return this.#pick(positions) ?? now;
    });
  }

  #anyParts(): readonly Part[] {
    const settings = this.#pick([...this.known, healthyAt(this.edge)]) ?? this.edge.firing;
    const likelihood = this.#pick([0, 0.1, 0.4]) ?? 0;
    const company = this.#pick([0, 0.15, 0.5]) ?? 0;
    return this.troupe.roles.map(({ part }, role) => {
      const like = this.troupe.partOf(role, settings);
      if (part === 'own') return this.#turned(role, like, likelihood);
      if (this.#next() >= company) return this.troupe.absent(role);
      const other = this.troupe.partOf(role, this.#pick(this.known) ?? settings);
      return this.#turned(role, other, 0.4);
    });
  }

  byChance(): Arrangement {
    const { pace } = this.stage;
    const changes = this.#next() < (this.edge.course.history === undefined ? 0.4 : 0.9);
    const parts = this.#anyParts();
    if (!changes) return this.arranged([{ samples: this.long, parts }]);
    const span = (this.#pick(pace.windows) ?? pace.interval) / pace.interval;
    const samples = Math.max(
      2,
      Math.round(span * (this.#pick([0.3, 0.4, 0.6, 0.8, 1.2, 1.6]) ?? 1)) +
        (this.#next() < 0.5 ? pace.pending : 0),
    );
    const before =
      this.edge.course.history === undefined || this.#next() < 0.5
        ? this.#anyParts()
        : this.parts(this.edge.course.history, () => 'absent');
    return this.arranged([
      { samples: pace.settled, parts: before },
      { samples, parts },
    ]);
  }
}
