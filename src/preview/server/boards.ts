import { allDashboards } from '../../dashboards/index.js';
import { buildDashboard } from '../../emit/grafana/build.js';
import type { GrafanaDashboard } from '../../emit/grafana/dashboard.js';
import type { Dashboard, Model } from '../../model/model.js';

/** A dashboard in the list of all. */
export interface BoardEntry {
  readonly name: string;
  readonly title: string;
  /** Null: the author's own. */
  readonly topic: string | null;
}

/** The dashboards of a model; the JSON of one is made when somebody wants to see it. */
export class Boards {
  readonly list: readonly BoardEntry[];
  readonly #model: Model;
  readonly #dashboards: ReadonlyMap<string, Dashboard>;
  readonly #built = new Map<string, GrafanaDashboard>();

  constructor(model: Model) {
    this.#model = model;
    this.#dashboards = new Map(allDashboards(model).map((dashboard) => [dashboard.name, dashboard]));
    this.list = [...this.#dashboards.values()].map(({ name, title, topic }) => ({
      name,
      title,
      topic: topic ?? null,
    }));
  }

  /** The JSON that `build` writes; undefined where there is no dashboard of this name. */
  json(name: string): GrafanaDashboard | undefined {
    const dashboard = this.#dashboards.get(name);
    if (dashboard === undefined) return undefined;
    const built = this.#built.get(name) ?? buildDashboard(this.#model, dashboard);
    this.#built.set(name, built);
    return built;
  }
}
