import type { Model } from '../../model/model.js';
import { Client } from './ask/client.js';
import { NoAnswer, remedy } from './ask/no-answer.js';
import type { Check, Context } from './check.js';
import type { Credentials } from './credentials.js';
import type { Journey, ServiceRequest } from './journey.js';
import { sendJourney } from './send-journey.js';
import { titles, type PlaceName, type Places } from './places.js';
import { failed, notAsked, notThere, type Outcome } from './verdict.js';

/** What is looked at, and with what. */
export interface Visit {
  readonly model: Model;
  readonly places: Places;
  readonly credentials: Credentials;
  readonly request: ServiceRequest;
  /** Seconds. */
  readonly wait: number;
  readonly signal?: AbortSignal | undefined;
}

/** A check and what it came to. */
export interface Answered {
  readonly check: Check;
  readonly outcome: Outcome;
}

/** Runs checks side by side; a check that others depend on is run once. */
export class Examination {
  readonly #visit: Visit;
  readonly #client: Client;
  readonly #checks: ReadonlyMap<string, Check>;
  readonly #outcomes = new Map<string, Promise<Outcome>>();
  readonly #context: Context;
  #journey: Promise<Journey> | undefined;

  constructor(visit: Visit, checks: readonly Check[]) {
    this.#visit = visit;
    this.#client = new Client(visit.credentials, visit.signal);
    this.#checks = new Map(checks.map((check) => [check.id, check]));
    this.#context = this.#contextOf(visit);
  }

  /**
   * Runs the checks that are asked for, and those that they depend on. Never throws.
   * @param onDone called with each check's outcome as it is known
   */
  async run(asked: readonly string[], onDone?: (done: Answered) => void): Promise<readonly Answered[]> {
    const chosen = asked.flatMap((id) => this.#checks.get(id) ?? []);
    return Promise.all(
      chosen.map(async (check) => {
        const answered = { check, outcome: await this.#outcome(check.id) };
        onDone?.(answered);
        return answered;
      }),
    );
  }

  #contextOf(visit: Visit): Context {
    const { model, places, wait, signal } = visit;
    const placeOf = (name: PlaceName) => {
      const place = places.get(name);
      if (place === undefined) throw new Error(`bug: ${name} is asked, and the stack has none`);
      return place;
    };
    return {
      model,
      stack: model.stack,
      wait,
      now: () => Date.now(),
      signal,
      place: (name) => places.get(name),
      isUp: async (name) => {
        if (!places.has(name)) return false;
        const { verdict } = await this.#outcome(`ready.${name}`);
        return verdict === 'ok' || verdict === 'warning';
      },
      ask: (name, path, options) => this.#client.ask(placeOf(name), path, options),
      json: (name, path, options) => this.#client.json(placeOf(name), path, options),
      outcome: (id) => this.#outcome(id),
      journey: () => (this.#journey ??= sendJourney(this.#context, visit.request)),
    };
  }

  #outcome(id: string): Promise<Outcome> {
    const known = this.#outcomes.get(id);
    if (known !== undefined) return known;
    const check = this.#checks.get(id);
    const outcome = check === undefined ? Promise.resolve(notAsked('nobody asks it')) : this.#ask(check);
    this.#outcomes.set(id, outcome);
    return outcome;
  }

  async #ask(check: Check): Promise<Outcome> {
    try {
      return (await this.#obstacle(check)) ?? (await check.run(this.#context));
    } catch (error) {
      if (this.#visit.signal?.aborted === true) return notAsked('it was interrupted');
      if (error instanceof NoAnswer) return failed(error.message, remedy(error));
      return failed(
        `the check itself has failed: ${error instanceof Error ? error.message : String(error)}`,
        'this is a fault of obs-gen: please report it',
      );
    }
  }

  /** Why a check is not run. What others report already is not reported again: it says only where to look. */
  async #obstacle({ needs, needsOneOf, moot }: Check): Promise<Outcome | undefined> {
    const { places } = this.#visit;
    const missing = needs.find((name) => !places.has(name));
    if (missing !== undefined) return notThere(`the stack has no ${plain(missing)}`);
    const either = needsOneOf?.filter((name) => places.has(name)) ?? [];
    if (needsOneOf !== undefined && either.length === 0)
      return notThere(`the stack has no ${needsOneOf.map(plain).join(' or ')}`);
    const reason = moot?.(this.#context);
    if (reason !== undefined) return notThere(reason);
    const needed = [...needs, ...either.slice(0, 1)];
    const up = await Promise.all(needed.map((name) => this.#context.isUp(name)));
    const down = needed.find((_, index) => up[index] === false);
    return down === undefined ? undefined : notAsked(`because ${titles[down]} does not answer`);
  }
}

/** Without the article. */
function plain(name: PlaceName): string {
  return titles[name].replace(/^the /, '');
}
