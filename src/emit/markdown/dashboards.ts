import { allDashboards } from '../../dashboards/index.js';
import { code, link, marked, table, text, type Markdown } from '../../encode/markdown.js';
import type { Model } from '../../model/model.js';
import { codes, entryAnchor, listed } from './words.js';

/** Where each dashboard is, what it can be narrowed by, and what is on it. */
export function dashboardsSection(model: Model): Markdown {
  return table(
    [marked`Dashboard`, marked`Title`, marked`Narrowed by`, marked`Rows`, marked`Owner`],
    allDashboards(model).map((dashboard) => [
      marked`${entryAnchor('dashboard', dashboard.name)}${link(code(dashboard.name), `../grafana/dashboards/${dashboard.name}.json`)}`,
      text(dashboard.title),
      codes(dashboard.variables.map(({ wire }) => wire)),
      listed(dashboard.rows.map(({ title }) => text(title))),
      text(dashboard.owner ?? ''),
    ]),
  );
}
