import { dataSources } from '../../../emit/grafana-provisioning/data-sources.js';
import { list, member, text } from '../ask/json.js';
import { defineCheck, type Context } from '../check.js';
import { titles, type PlaceName } from '../places.js';
import { counted, failed, ok, type Outcome } from '../verdict.js';

/** Data sources whose plugin can say whether it reaches its store. */
const withHealth: ReadonlySet<string> = new Set(['prometheus', 'loki', 'tempo', 'jaeger']);

const isPlace = (type: string): type is PlaceName => Object.hasOwn(titles, type);

/** What is wrong with a data source that is there, as Grafana sees its store. */
async function unhealthy(context: Context, uid: string, type: string): Promise<readonly string[]> {
  // That Grafana does not reach what does not answer at all is no news.
  if (!withHealth.has(type)) return [];
  if (isPlace(type) && context.place(type) !== undefined && !(await context.isUp(type))) return [];
  const { status, body } = await context.ask(
    'grafana',
    `/api/datasources/uid/${encodeURIComponent(uid)}/health`,
  );
  // A plugin without such a question.
  if (status === 404 || status === 501) return [];
  const said = message(body);
  return status === 200 && said.status !== 'ERROR'
    ? []
    : [`${uid}: Grafana does not reach it: ${said.message}`];
}

function message(body: Buffer): { readonly status: string; readonly message: string } {
  try {
    const said = JSON.parse(body.toString('utf8')) as unknown;
    return { status: text(member(said, 'status')), message: text(member(said, 'message')) };
  } catch {
    return { status: '', message: 'its answer is no JSON' };
  }
}

async function run(context: Context): Promise<Outcome> {
  const found = list(await context.json('grafana', '/api/datasources'));
  const faults = await Promise.all(
    dataSources(context.model).map(async ({ uid, type }) => {
      const same = found.find((each) => member(each, 'uid') === uid);
      if (same === undefined) return [`${uid}: missing; the dashboards name it`];
      const actual = text(member(same, 'type'));
      if (actual !== type) return [`${uid}: is of the type ${actual} and not ${type}`];
      return unhealthy(context, uid, type);
    }),
  );
  const lines = faults.flat();
  if (lines.length === 0)
    return ok(`${counted(faults.length, 'data source')}, and Grafana reaches their stores`);
  return failed(
    `${lines.length} of ${counted(faults.length, 'data source')} cannot be used`,
    'put grafana/provisioning/datasources/ of the output into Grafana, which reads it at its start; addresses are those that Grafana sees',
    lines,
  );
}

export const dataSourcesCheck = defineCheck({
  id: 'grafana.data-sources',
  question: 'Has Grafana the data sources that the dashboards name, and does it reach them?',
  needs: ['grafana'],
  run,
});
