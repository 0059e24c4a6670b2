import { allDashboards } from '../../../dashboards/index.js';
import { printJson } from '../../../encode/json.js';
import { buildDashboard } from '../../../emit/grafana/build.js';
import { serviceTag } from '../../../emit/grafana/links.js';
import { list, member, text } from '../ask/json.js';
import { NoAnswer } from '../ask/no-answer.js';
import { defineCheck, type Context } from '../check.js';
import { compareDashboard } from '../drift/compare-dashboard.js';
import { counted, failed, notThere, ok, type Outcome } from '../verdict.js';

/** A dashboard of the spec as it is written, read back. */
interface Expected {
  readonly name: string;
  readonly uid: string;
  readonly board: unknown;
}

function expectedBoards({ model }: Context): readonly Expected[] {
  return allDashboards(model).map((dashboard) => {
    const board = JSON.parse(printJson(buildDashboard(model, dashboard))) as unknown;
    return { name: dashboard.name, uid: text(member(board, 'uid')), board };
  });
}

/** How the one in Grafana differs; undefined where it does not. */
async function drift(context: Context, { name, uid, board }: Expected): Promise<string | undefined> {
  try {
    const found = await context.json('grafana', `/api/dashboards/uid/${encodeURIComponent(uid)}`);
    const paths = compareDashboard(board, member(found, 'dashboard'));
    return paths.length === 0 ? undefined : `changed: ${name} (${uid}): ${paths.join(', ')}`;
  } catch (error) {
    if (error instanceof NoAnswer && error.status === 404) return `missing: ${name} (${uid})`;
    throw error;
  }
}

/** Dashboards of this service that the spec does not know. */
async function superfluous(context: Context, known: ReadonlySet<string>): Promise<readonly string[]> {
  const tag = encodeURIComponent(serviceTag(context.model));
  const found = await context.json('grafana', `/api/search?type=dash-db&limit=1000&tag=obs-gen&tag=${tag}`);
  return list(found)
    .map((each) => ({ uid: text(member(each, 'uid')), title: text(member(each, 'title')) }))
    .filter(({ uid }) => uid !== '' && !known.has(uid))
    .map(({ uid, title }) => `superfluous: ${title} (${uid})`);
}

async function run(context: Context): Promise<Outcome> {
  const expected = expectedBoards(context);
  const [drifts, others] = await Promise.all([
    Promise.all(expected.map((each) => drift(context, each))),
    superfluous(context, new Set(expected.map(({ uid }) => uid))),
  ]);
  const lines = [...drifts.flatMap((each) => each ?? []), ...others];
  if (lines.length === 0)
    return expected.length === 0
      ? notThere('the spec compiles to no dashboards')
      : ok(`${counted(expected.length, 'dashboard')}, as the spec compiles to now`);
  return failed(
    `${counted(lines.length, 'dashboard')} not as the spec compiles to now`,
    'run `obs-gen build` and bring grafana/dashboards/ of the output to Grafana, which reads it anew every 30 s',
    lines,
  );
}

export const dashboardsCheck = defineCheck({
  id: 'grafana.dashboards',
  question: 'Are the dashboards in Grafana those of the spec?',
  needs: ['grafana'],
  run,
});
