// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { ROOT_CONTEXT } from '@opentelemetry/api';
import type { TracingParts } from '../component.js';
import { environmentVariable } from '../host.js';
import { addNote } from '../notes.js';
import { headSampler, liveSampler } from './sampler.js';
import type { HeadSampler } from './sampler.js';

/** How the traces of the process are sampled. */
export interface ChosenSampler {
  /** Undefined: the SDK reads OTEL_TRACES_SAMPLER itself. */
  readonly sampler: object | undefined;
  /** Whether a span below one that is not sampled is not sampled either. */
  readonly followsParent: boolean;
  /** The share of traces that is kept now, where the runtime decides. */
  readonly share: () => number | undefined;
  /** Ends its listening to the settings. */
  readonly close: () => void;
}

/**
 * The sampler: that of OTEL_TRACES_SAMPLER where it is set, else the spec's share, which the settings change while the program runs.
 * @param parts what components put around it
 */
export function chosenSampler(share: number, parts: readonly TracingParts[]): ChosenSampler {
  const wraps = parts.flatMap(({ wrapSampler }) => wrapSampler ?? []);
  const wrapped = (inner: object): object => wraps.reduce((sampler, wrap) => wrap(sampler), inner);
  const named = environmentVariable('OTEL_TRACES_SAMPLER')?.trim();
  if (named !== undefined) {
    const fixed = wraps.length === 0 ? undefined : namedSampler(named);
    if (wraps.length > 0 && fixed === undefined)
      addNote(
        'sampling',
        `OTEL_TRACES_SAMPLER: "${named}" cannot be combined with error reports, and is used alone`,
      );
    return {
      sampler: fixed === undefined ? undefined : wrapped(fixed),
      followsParent: wraps.length === 0 && named.startsWith('parentbased_'),
      share: () => undefined,
      close: nothing,
    };
  }
  const live = liveSampler(share);
  return {
    sampler: wrapped(live),
    followsParent: wraps.length === 0,
    share: () => live.share,
    close: () => {
      live.close();
    },
  };
}

/** The samplers of https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/ */
function namedSampler(name: string): HeadSampler | undefined {
  const given = Number(environmentVariable('OTEL_TRACES_SAMPLER_ARG') ?? '1');
  const ratio = given >= 0 && given <= 1 ? given : 1;
  const [, parentBased, kind] = /^(parentbased_)?(always_on|always_off|traceidratio)$/.exec(name) ?? [];
  if (kind === undefined) return undefined;
  const head = headSampler(kind === 'traceidratio' ? ratio : kind === 'always_on' ? 1 : 0);
  if (parentBased !== undefined) return head;
  return {
    shouldSample: (_, traceId) => head.shouldSample(ROOT_CONTEXT, traceId),
    toString: () => head.toString(),
  };
}

function nothing(): void {
  // Nothing listens.
}
