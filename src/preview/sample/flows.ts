import { hashOf, shareOf } from './noise.js';
import type { Times } from './times.js';
import { moodAt, type Weather } from './weather.js';

/**
 * Events of one thing in one instance, summed up to each of the shared times as if there was one a second on average. What several metrics
 * record of the same events is made from the same flow, so that their counts agree.
 */
export interface Flow {
  readonly events: Float64Array;
  /** Those that happened while something was wrong, weighted by how wrong. */
  readonly troubled: Float64Array;
  /** A tenth of them, now more and now less: there is always something that takes longer. */
  readonly wobble: Float64Array;
}

/** Makes flows when they are asked for, and each once. */
export class Flows {
  readonly #times: Times;
  readonly #weather: Weather;
  readonly #seed: number;
  readonly #known = new Map<string, Flow>();

  constructor(times: Times, weather: Weather, seed: number) {
    this.#times = times;
    this.#weather = weather;
    this.#seed = seed;
  }

  /** @param name what the events are about: a span and an agent, say, with the instance */
  of(name: string): Flow {
    let flow = this.#known.get(name);
    if (flow === undefined) {
      flow = this.#made(name);
      this.#known.set(name, flow);
    }
    return flow;
  }

  #made(name: string): Flow {
    const { at } = this.#times;
    const { load, moods, trouble } = this.#weather;
    const seed = hashOf(name, this.#seed);
    // Trouble does not reach everything alike.
    const sensitivity = 0.75 + 0.25 * shareOf(name, this.#seed + 1);
    const flow: Flow = {
      events: new Float64Array(at.length),
      troubled: new Float64Array(at.length),
      wobble: new Float64Array(at.length),
    };
    // A service has been running before anybody looks.
    let events = 86_400 * (1 + shareOf(name, this.#seed + 2));
    let troubled = events * 0.002;
    let wobble = events * 0.1;
    let before = at[0] ?? 0;
    for (let index = 0; index < at.length; index += 1) {
      const time = at[index] ?? 0;
      const happened = (time - before) * (load[index] ?? 0) * (1 + 0.2 * (moods[moodAt(index + seed)] ?? 0));
      const wrong = (trouble[index] ?? 0) * sensitivity;
      events += happened;
      troubled += happened * wrong;
      wobble += happened * (0.1 + 0.09 * (moods[moodAt(index + seed + 4099)] ?? 0));
      flow.events[index] = events;
      flow.troubled[index] = troubled;
      flow.wobble[index] = wobble;
      before = time;
    }
    return flow;
  }
}
