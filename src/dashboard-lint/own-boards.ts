import { allDashboards } from '../dashboards/index.js';
import { builtDashboard } from '../emit/grafana/build.js';
import type { Dashboard, Model } from '../model/model.js';
import type { LintContext } from './context.js';

/** A dashboard of the spec as it is written to a file, with what is known of it. */
export interface OwnBoard {
  readonly name: string;
  /** What a reader of the file sees. */
  readonly json: unknown;
  readonly context: LintContext;
}

function built(model: Model, dashboards: readonly Dashboard[]): readonly OwnBoard[] {
  const boards = dashboards.map((dashboard) => {
    const { json, origins } = builtDashboard(model, dashboard);
    // Keys without a value are not written.
    return { dashboard, origins, json: JSON.parse(JSON.stringify(json)) as unknown };
  });
  return boards.map(({ dashboard, origins, json }) => ({
    name: dashboard.name,
    json,
    context: {
      model,
      dashboard,
      authored: origins,
      beside: boards.filter((each) => each.dashboard !== dashboard).map((each) => each.json),
    },
  }));
}

/** The dashboards that a spec makes, its own and those that nobody wrote. */
export function ownBoards(model: Model): readonly OwnBoard[] {
  return built(model, allDashboards(model));
}

/** The dashboards that a spec writes down. */
export function authoredBoards(model: Model): readonly OwnBoard[] {
  return built(model, [...model.dashboards.values()]);
}
