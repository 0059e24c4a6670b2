import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic, Range } from '../../diagnostics/diagnostic.js';
import { arms, canFire, highestBurnRate } from '../../slo/windows.js';
import type { BurnArm, Model, Slo } from '../model.js';
import type { Rule } from './rule.js';
import { plainList } from './words.js';

/** An arm that becomes an alert, and where the author can change it. */
export interface PlacedArm {
  readonly arm: BurnArm;
  readonly place: (key: 'long' | 'short' | 'factor') => Range;
}

/** The arms of an objective whose severity is alerted on. */
export function alertedArms(slo: Slo): readonly PlacedArm[] {
  const isList = typeof slo.windows !== 'string';
  return arms(slo).flatMap((arm, index) =>
    slo.alerting[arm.severity]
      ? [{ arm, place: (key) => (isList ? slo.origin.of('windows', index, key) : slo.origin.of('windows')) }]
      : [],
  );
}

function neverFires(slo: Slo, list: readonly PlacedArm[]): Diagnostic | undefined {
  const dead = list.filter(({ arm }) => !canFire(arm, slo.objective));
  const [first] = dead;
  if (first === undefined) return undefined;
  const factors = plainList([...new Set(dead.map(({ arm }) => String(arm.factor)))]);
  const highest = Number(highestBurnRate(slo.objective).toPrecision(4));
  if (Number(slo.objective) <= 1) {
    const percent = Number((Number(slo.objective) * 100).toPrecision(12));
    return diagnostic('OBS3204', {
      message: `an objective of ${slo.objective} % is met by nearly nothing: no arm can ever fire`,
      range: slo.origin.of('objective'),
      help: `objectives are in percent: ${percent === 100 ? '99.9' : percent}`,
      fix: percent === 100 ? undefined : { range: slo.origin.of('objective'), text: String(percent) },
    });
  }
  const isWritten = typeof slo.windows !== 'string' || slo.origin.text('windows') !== undefined;
  return diagnostic('OBS3204', {
    message: `an arm with factor ${factors} can never fire: at ${slo.objective} % the highest burn rate is ${highest}`,
    range: isWritten ? first.place('factor') : slo.origin.of('objective'),
    related: isWritten ? [{ range: slo.origin.of('objective'), message: 'the objective' }] : [],
    help:
      typeof slo.windows === 'string'
        ? `write \`windows\` out with factors below ${highest}, or raise the objective`
        : `use a factor below ${highest}, or raise the objective`,
  });
}

function* slowFactors(list: readonly PlacedArm[]): Iterable<Diagnostic> {
  for (const { arm, place } of list) {
    if (arm.factor >= 1) continue;
    yield diagnostic('OBS3205', {
      message: `an arm with factor ${arm.factor} fires while the objective is met`,
      range: place('factor'),
      help: 'use a factor of 1 or more',
    });
  }
}

/** What does not fit about the windows of an arm: the key that is at fault, and why. */
function misfit(
  { long, short }: BurnArm,
  { period }: Slo,
  { target }: Model,
): { readonly key: 'long' | 'short'; readonly message: string; readonly help: string } | undefined {
  const { scrapeInterval } = target.prometheus;
  if (short.seconds >= long.seconds) {
    return {
      key: 'short',
      message: `the short window of ${short.text} is not shorter than the long one of ${long.text}`,
      help: 'a twelfth of the long window is usual',
    };
  }
  if (long.seconds > period.seconds) {
    return {
      key: 'long',
      message: `the window of ${long.text} is longer than the period of ${period.text}`,
      help: 'shorten the window, or take a longer period',
    };
  }
  if (short.seconds < 2 * scrapeInterval.seconds) {
    return {
      key: 'short',
      message: `the window of ${short.text} holds less than two scrapes, which come every ${scrapeInterval.text}`,
      help: `use at least ${2 * scrapeInterval.seconds}s`,
    };
  }
  return undefined;
}

function* windowsFit(slo: Slo, list: readonly PlacedArm[], model: Model): Iterable<Diagnostic> {
  for (const { arm, place } of list) {
    const found = misfit(arm, slo, model);
    if (found === undefined) continue;
    if (typeof slo.windows !== 'string') {
      yield diagnostic('OBS3206', { message: found.message, range: place(found.key), help: found.help });
      continue;
    }
    // The arms of a catalogue cannot be changed one by one: what can is the period.
    yield diagnostic('OBS3206', {
      message: `${found.message} (windows: ${slo.windows})`,
      range: slo.origin.of('period'),
      help: 'take a longer period, or write `windows` out',
    });
    return;
  }
}

/** OBS3204, OBS3205, OBS3206: each arm can fire, only fires where the objective is missed, and has windows that fit. */
export const burnRates: Rule = function* ({ model }) {
  for (const slo of model.slos.values()) {
    const { repaired } = slo;
    if (repaired.has('windows') || repaired.has('alerting')) continue;
    const list = alertedArms(slo);
    if (!repaired.has('objective')) {
      const dead = neverFires(slo, list);
      if (dead !== undefined) yield dead;
    }
    yield* slowFactors(list);
    if (!repaired.has('period')) yield* windowsFit(slo, list, model);
  }
};
