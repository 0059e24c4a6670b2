import type { Model } from '../../model/model.js';
import type { Stack } from '../../model/stack.js';
import type { AskOptions } from './ask/client.js';
import type { Answer } from './ask/request.js';
import type { Journey } from './journey.js';
import type { Place, PlaceName } from './places.js';
import type { Outcome } from './verdict.js';

/** What a check may look at. */
export interface Context {
  readonly model: Model;
  /** Undefined where the spec has none, and the parts were named by hand. */
  readonly stack: Stack | undefined;
  /** Seconds that something may take to arrive. */
  readonly wait: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly signal: AbortSignal | undefined;
  place(name: PlaceName): Place | undefined;
  /** Whether a part is there and answers; known once its `ready` check is over. */
  isUp(name: PlaceName): Promise<boolean>;
  /** @throws NoAnswer */
  ask(name: PlaceName, path: string, options?: AskOptions): Promise<Answer>;
  /** @throws NoAnswer */
  json(name: PlaceName, path: string, options?: AskOptions): Promise<unknown>;
  /** What another check came to; it is run once, whoever asks first. */
  outcome(id: string): Promise<Outcome>;
  /** The one request to the service that is followed through the stack. */
  journey(): Promise<Journey>;
}

/** One question about a running stack. */
export interface Check {
  /** `group.name`. */
  readonly id: string;
  readonly question: string;
  /** Parts without which it cannot be asked: where the stack has none of them, it is not there; where one does not answer, it is not asked. */
  readonly needs: readonly PlaceName[];
  /** One of these besides: where a spec leaves a choice. */
  readonly needsOneOf?: readonly PlaceName[] | undefined;
  /** Why the question does not arise; undefined where it does. */
  readonly moot?: ((context: Context) => string | undefined) | undefined;
  /** May throw NoAnswer. */
  readonly run: (context: Context) => Promise<Outcome>;
}

/** Gives a check its type; what `checks/index.ts` lists. */
export function defineCheck(check: Check): Check {
  return Object.freeze(check);
}
