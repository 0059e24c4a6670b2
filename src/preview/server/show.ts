import type { GrafanaDashboard } from '../../emit/grafana/dashboard.js';
import type { Model } from '../../model/model.js';
import type { PrometheusAddress } from '../prometheus/address.js';
import type { Data } from '../prometheus/data.js';
import { findPrometheus } from '../prometheus/find.js';
import { LiveData } from '../prometheus/live-data.js';
import { NoData } from '../prometheus/no-data.js';
import { SampleData } from '../prometheus/sample-data.js';
import { directWriter, hasThread, threadWriter, type SampleWriter } from '../prometheus/sample-writer.js';
import type { Sample, sampleOf } from '../sample/index.js';
import { Boards } from './boards.js';
import type { Content } from './routes.js';
import type { PreviewState } from './state.js';

/** A spec as far as it can be shown. */
export interface PreviewSpec {
  /** The model without errors; undefined where there is none, and what was shown before stays. */
  readonly model: Model | undefined;
  /** What is wrong, each as it is printed. */
  readonly problems: readonly string[];
  /** The main file; where it is named, data is made up in a thread of its own, from what is in the file. */
  readonly path?: string | undefined;
}

/** Where the data comes from. */
export interface ShowOptions {
  /** A Prometheus that runs; undefined: made-up data. */
  readonly prometheus: PrometheusAddress | undefined;
  /** The end of made-up data, in seconds since 1970. */
  readonly now: number;
  /** Another number makes up other data. */
  readonly seed: number | undefined;
  /** Makes the data up; undefined: as src/preview/sample does. */
  readonly sampleOf: typeof sampleOf | undefined;
  readonly env: NodeJS.ProcessEnv;
}

/** Seconds that a sample counts for, as everywhere where nobody has set it: what is drawn here is what production draws. */
const lookback = 300;
/** Seconds, where there is no spec to ask. */
const usualScrapeInterval = 15;

function dataOf({ prometheus, now, env }: ShowOptions, changed: () => void): Data {
  if (prometheus !== undefined) return new LiveData(prometheus, changed);
  const program = findPrometheus(env);
  if (typeof program !== 'string') return new NoData(program, now);
  return new SampleData({ program, now, lookback, changed });
}

/** What is shown: the last spec without errors, and data for it. */
export class Show implements Content {
  readonly data: Data;
  readonly #options: ShowOptions;
  readonly #tell: (generation: number) => void;
  #generation = 1;
  #problems: readonly string[] = [];
  #shown: { readonly model: Model; readonly boards: Boards } | undefined;
  #sample: Promise<Sample> | undefined;

  /** @param tell called where what was shown is out of date */
  constructor(options: ShowOptions, tell: (generation: number) => void) {
    this.#options = options;
    this.#tell = tell;
    this.data = dataOf(options, () => {
      this.#changed();
    });
  }

  /** Shows a spec; resolves when there is data for it, or it is known why there is none. */
  async show({ model, problems, path }: PreviewSpec): Promise<void> {
    this.#problems = problems;
    if (model !== undefined) {
      this.#shown = { model, boards: new Boards(model) };
      this.#sample = undefined;
    }
    this.#changed();
    if (this.data instanceof LiveData) await this.data.check();
    else if (this.data instanceof SampleData && model !== undefined)
      await this.data.feed(() => this.#writer(model, path));
  }

  state(): PreviewState {
    return {
      service: this.#shown?.model.service.name ?? '',
      mode: this.data.mode,
      now: this.data.now,
      scrapeInterval: this.#shown?.model.target.prometheus.scrapeInterval.seconds ?? usualScrapeInterval,
      prometheus: this.data.state(),
      dashboards: this.#shown?.boards.list ?? [],
      generation: this.#generation,
      problems: this.#problems,
    };
  }

  board(name: string): GrafanaDashboard | undefined {
    return this.#shown?.boards.json(name);
  }

  async sample(): Promise<Sample | undefined> {
    return this.data.mode === 'live' || this.#shown === undefined
      ? undefined
      : this.#sampleOf(this.#shown.model);
  }

  #writer(model: Model, spec: string | undefined): SampleWriter {
    const { now: end, seed, sampleOf } = this.#options;
    return spec !== undefined && sampleOf === undefined && hasThread()
      ? threadWriter({ spec, end, seed })
      : directWriter(() => this.#sampleOf(model));
  }

  #sampleOf(model: Model): Promise<Sample> {
    const { now: end, seed } = this.#options;
    const make = async (): Promise<Sample> => {
      // What makes data up is not needed with a Prometheus that runs.
      const makeUp = this.#options.sampleOf ?? (await import('../sample/index.js')).sampleOf;
      return makeUp(model, seed === undefined ? { end } : { end, seed });
    };
    if (this.#shown?.model !== model) return make();
    this.#sample ??= make();
    return this.#sample;
  }

  #changed(): void {
    this.#generation += 1;
    this.#tell(this.#generation);
  }
}
