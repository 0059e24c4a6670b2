import { allDashboards } from '../../dashboards/index.js';
import type { Dashboard, Label, Model, Slo } from '../../model/model.js';
import { variableName } from './scope.js';
import { dashboardUid } from './uid.js';

/** Keeps the time that is shown and what is chosen in the variables. */
const kept = '?${__url_time_range}&${__all_variables}';

/** The address of a dashboard within Grafana, over the same time and with the same choices. */
export function boardUrl(model: Model, { name }: Pick<Dashboard, 'name'>): string {
  return `/d/${dashboardUid(model.service.name, name)}${kept}`;
}

/** The same with one value of a label chosen. @param value as it is, or a variable of Grafana's */
export function choiceUrl(
  model: Model,
  board: Pick<Dashboard, 'name' | 'variables'>,
  label: Label,
  value: string,
): string {
  return `${boardUrl(model, board)}&var-${variableName(label)}=${value}`;
}

/** What an objective's own dashboard is called. */
export function sloBoardName({ name }: Pick<Slo, 'name'>): string {
  return `slo-${name}`;
}

/** An objective's own dashboard; undefined where there is none. */
export function boardOfSlo(model: Model, slo: Slo): Dashboard | undefined {
  const name = sloBoardName(slo);
  return allDashboards(model).find((board) => board.name === name);
}

/** The label that holds the end of the address, where it does not follow from the objective's name. */
export const boardLabel = 'board';

/**
 * How a table of objectives leads to the dashboard of each: the address, in which Grafana fills in the row's objective, and the uids
 * that do not follow from the names of their objectives, which a label of that row has to bring. Undefined where none has a dashboard.
 */
export function sloBoardLinks(
  model: Model,
  slos: readonly Slo[],
): { readonly url: string; readonly uids: ReadonlyMap<string, string> } | undefined {
  const linked = slos.filter((slo) => boardOfSlo(model, slo) !== undefined);
  if (linked.length < slos.length || linked.length === 0) return undefined;
  const service = model.service.name;
  const uids = new Map(linked.map((slo) => [slo.name, dashboardUid(service, sloBoardName(slo))]));
  const regular = [...uids].every(([name, uid]) => uid === `${service}-${sloBoardName({ name })}`);
  return regular
    ? { url: `/d/${service}-${sloBoardName({ name: '${__value.raw}' })}${kept}`, uids: new Map() }
    : { url: `/d/\${__data.fields.${boardLabel}}${kept}`, uids };
}
