import { Troupe, type Part } from './cast.js';
import { Director, type Arrangement } from './director.js';
import { isClock, type Knob, type Settings } from './knobs.js';

/** A director who knows shapes that few alerts need. */
export class Specialist extends Director {
  /** A part of a role with some of its knobs elsewhere. */
  #with(role: number, part: Part, changes: Partial<Record<Knob['kind'], number>>): Part {
    return this.troupe
      .knobsOf(role)
      .map(({ kind, positions }, index) => changes[kind] ?? part[index] ?? positions[0] ?? 0);
  }

  /** The alert's own gauges, with what they may rise by from sample to sample. */
  #gauges(): readonly { readonly role: number; readonly slopes: readonly number[] }[] {
    return [...this.troupe.roles.entries()].flatMap(([role, { part, input }]) =>
      part === 'own' && input.kind === 'gauge' && !isClock(input)
        ? [
            {
              role,
              slopes: this.troupe.knobsOf(role).find(({ kind }) => kind === 'slope')?.positions ?? [0],
            },
          ]
        : [],
    );
  }

  /** A gauge that rises or falls to a number that the condition names, and stays there until the alert has waited. */
  *#arrivals(): Generator<Arrangement> {
    for (const settings of this.known) {
      const parts = this.parts(settings, () => 'absent');
      for (const { role, slopes } of this.#gauges())
        for (const number of this.troupe.constants.slice(0, 6))
          for (const slope of slopes) {
            const own = parts[role] ?? [];
            const arriving = this.#with(role, own, { level: number - slope * this.long, slope });
            const there = this.#with(role, own, { level: number, slope: 0 });
            yield this.arranged([
              { samples: this.long, parts: parts.with(role, arriving) },
              { samples: this.stage.pace.pending + 1, parts: parts.with(role, there) },
            ]);
          }
    }
  }

  /** A gauge that goes one way for a whole window, then with its last sample back behind where it came from. */
  *#jolts(): Generator<Arrangement> {
    const { pace } = this.stage;
    for (const settings of this.known) {
      const parts = this.parts(settings, () => 'absent');
      for (const { role, slopes } of this.#gauges())
        for (const window of pace.windows)
          for (const slope of slopes.filter((each) => each !== 0))
            for (const number of [0, ...this.troupe.constants.slice(0, 6)]) {
              const span = Math.round(window / pace.interval);
              const before = this.long + span;
              const lowest = Math.min(0, slope * before);
              const level = 2 * number - lowest;
              const back = level + slope * (before - span - 1);
              yield this.arranged([
                {
                  samples: before,
                  parts: parts.with(role, this.#with(role, parts[role] ?? [], { level, slope })),
                },
                {
                  samples: 1,
                  parts: parts.with(role, this.#with(role, parts[role] ?? [], { level: back, slope: 0 })),
                },
              ]);
            }
    }
  }

  /** Counters that begin with a value and stand still from then on; or stand still where others begin. */
  *#beginnings(inCompany: boolean): Generator<Arrangement> {
    const { roles } = this.troupe;
    const { pace } = this.stage;
    if (!roles.some(({ part, input }) => part === 'own' && input.kind !== 'gauge')) return;
    const one = { level: 1, count: 1, present: 1 };
    const rest = { level: 0, count: 0, present: 1 };
    const own = this.parts(this.edge.firing, () => 'like');
    const isGauge = (role: number): boolean => roles[role]?.input.kind === 'gauge';
    const absent = roles.map((_, role) => this.troupe.absent(role));
    const played = (
      later: (role: number) => boolean,
      sooner: (role: number) => boolean,
      after: number,
    ): Arrangement => {
      const parts = (now: boolean, change: typeof one): readonly Part[] =>
        absent.map((nobody, role) => {
          const part = own[role] ?? nobody;
          if (isGauge(role)) return later(role) || sooner(role) ? part : nobody;
          if (later(role)) return now ? this.#with(role, part, change) : nobody;
          return sooner(role) ? this.#with(role, part, now ? rest : change) : nobody;
        });
      return this.arranged([
        { samples: 1, parts: parts(false, one) },
        { samples: this.long, parts: parts(false, rest) },
        { samples: 1, parts: parts(true, one) },
        { samples: after, parts: parts(true, rest) },
      ]);
    };
    const spans = [0, ...pace.windows.flatMap((window) => [0.35, 0.7, 1.4].map((share) => window * share))];
    for (const seconds of spans) {
      const after = Math.round(seconds / pace.interval) + pace.pending + 1;
      const isOwn = (role: number): boolean => roles[role]?.part === 'own';
      yield played(isOwn, () => false, after);
      if (!inCompany) continue;
      for (const [index, { part, like }] of roles.entries()) {
        if (part === 'own') continue;
        const isIt = (role: number): boolean => role === index;
        const without = (role: number): boolean => isOwn(role) && role !== like;
        yield played(
          (role) => isOwn(role) || isIt(role),
          () => false,
          after,
        );
        yield played(
          (role) => without(role) || isIt(role),
          () => false,
          after,
        );
        yield played(isOwn, isIt, after);
        yield played(
          (role) => without(role) || isIt(role),
          (role) => role === like,
          after,
        );
      }
    }
  }

  /** One of the alert's own series is not as old as somebody else who was there before it. */
  *#predecessors(): Generator<Arrangement> {
    const { roles } = this.troupe;
    const { course, firing: far } = this.edge;
    const { pace } = this.stage;
    const past = course.history ?? far;
    for (const [index, { part, like }] of roles.entries()) {
      if (part === 'own') continue;
      const parts = (settings: Settings): readonly Part[] =>
        this.parts(settings, (role) => (role === index ? 'like' : 'absent'));
      const before = parts(past).with(like, this.troupe.absent(like));
      for (const window of pace.windows)
        for (const share of [0.35, 0.7])
          yield this.arranged([
            { samples: pace.settled, parts: before },
            { samples: Math.round((window * share) / pace.interval) + 2, parts: parts(past) },
            { samples: course.history === undefined ? pace.pending + 2 : course.samples, parts: parts(far) },
          ]);
    }
  }

  /** Each other value that a matcher lets pass, beginning alone. */
  *#values(): Generator<Arrangement> {
    const { inputs } = this.stage;
    for (const [index, input] of inputs.entries())
      for (const labels of input.equals) {
        const stage = { ...this.stage, inputs: inputs.with(index, { ...input, labels, equals: [] }) };
        const troupe = new Troupe(stage, this.troupe.constants);
        yield* new Specialist(stage, this.edge, troupe, this.fires).#beginnings(false);
      }
  }

  /** Rarer shapes, for what the orderly ones do not tell. */
  *special(): Generator<Arrangement> {
    yield* this.#arrivals();
    yield* this.#jolts();
    yield* this.#predecessors();
    yield* this.#beginnings(true);
    yield* this.#values();
  }
}
