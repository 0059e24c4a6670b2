import { parse } from 'yaml';

/**
 * Provisioning files as Grafana reads them. There is no Grafana to ask here: this follows its documentation and its source, in
 * pkg/services/provisioning (values/values.go, datasources/types.go, dashboards/file_reader.go, alerting/rules_types.go) and
 * pkg/services/ngalert/models/alert_rule.go of github.com/grafana/grafana.
 */

export type Json = Readonly<Record<string, unknown>>;
export type Environment = Readonly<Record<string, string>>;

/** A value with environment variables filled in; `$$` is a dollar sign. */
export function interpolated(text: string, environment: Environment = {}): string {
  const fill = (part: string): string =>
    part.replace(/\$(?:\{([^}]*)\}|(\w+))/g, (_, braced?: string, bare?: string) => {
      return environment[braced ?? bare ?? ''] ?? '';
    });
  return text.split('$$').map(fill).join('$');
}

function everywhere(value: unknown, environment: Environment): unknown {
  if (typeof value === 'string') return interpolated(value, environment);
  if (Array.isArray(value)) return value.map((item) => everywhere(item, environment));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, everywhere(item, environment)]));
}

export interface ReadSource {
  readonly name: string;
  readonly type: string;
  readonly uid: string;
  readonly access: string;
  readonly url: string;
  readonly editable: boolean;
  readonly isDefault?: boolean;
  readonly jsonData: Json;
}

/** The data sources of a file. */
export function readSources(content: string, environment: Environment = {}): readonly ReadSource[] {
  const file = everywhere(parse(content), environment) as { apiVersion: number; datasources: ReadSource[] };
  if (file.apiVersion !== 1) throw new Error('apiVersion is not 1');
  return file.datasources;
}

export interface ReadProvider {
  readonly name: string;
  readonly folder: string;
  readonly folderUid: string;
  readonly type: string;
  readonly disableDeletion: boolean;
  readonly allowUiUpdates: boolean;
  readonly options: { readonly path: string };
}

/** The providers of a file. */
export function readProviders(content: string): readonly ReadProvider[] {
  const file = everywhere(parse(content), {}) as { apiVersion: number; providers: ReadProvider[] };
  if (file.apiVersion !== 1) throw new Error('apiVersion is not 1');
  return file.providers;
}

export interface ReadNode {
  readonly refId: string;
  readonly datasourceUid: string;
  readonly relativeTimeRange?: { readonly from: number; readonly to: number };
  /** As it stands: Grafana fills nothing in. */
  readonly model: Json;
}

export interface ReadRule {
  readonly uid: string;
  readonly title: string;
  readonly condition: string;
  readonly data: readonly ReadNode[];
  readonly dashboardUid?: string;
  readonly panelId?: number;
  readonly noDataState: string;
  readonly execErrState: string;
  readonly for: string;
  readonly keepFiringFor?: string;
  readonly missing_series_evals_to_resolve: number;
  /** As they stand, but for `${NAME}`, which versions to come fill in. */
  readonly annotations: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
}

export interface ReadGroup {
  readonly name: string;
  readonly folder: string;
  readonly interval: string;
  readonly rules: readonly ReadRule[];
}

/** The scheduler's ticks, in seconds. */
const tick = 10;
const states = {
  noDataState: ['OK', 'NoData', 'Alerting', 'KeepLast'],
  execErrState: ['OK', 'Error', 'Alerting', 'KeepLast'],
};

function seconds(duration: string): number {
  const units: Readonly<Record<string, number>> = { d: 86_400, h: 3600, m: 60, s: 1 };
  if (!/^(?:\d+[dhms])+$/.test(duration)) throw new Error(`${duration} is no duration`);
  const parts = [...duration.matchAll(/(\d+)([dhms])/g)];
  return parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (units[unit] ?? 0), 0);
}

/** What Grafana would not start with. */
export function ruleFaults(group: ReadGroup): readonly string[] {
  const faults: string[] = [];
  const interval = seconds(group.interval);
  if (interval <= 0 || interval % tick !== 0) faults.push(`${group.name}: interval ${group.interval}`);
  if (group.name.length > 190 || group.name === '') faults.push(`${group.name}: name`);
  if (group.folder.trim() === '') faults.push(`${group.name}: folder`);
  for (const rule of group.rules) {
    if (!/^[a-zA-Z0-9_-]{1,40}$/.test(rule.uid)) faults.push(`${rule.title}: uid ${rule.uid}`);
    if (rule.title === '' || rule.title.length > 190) faults.push(`${rule.title}: title`);
    const nodes = rule.data.map(({ refId }) => refId);
    if (new Set(nodes).size !== nodes.length) faults.push(`${rule.title}: nodes`);
    if (!nodes.includes(rule.condition)) faults.push(`${rule.title}: condition ${rule.condition}`);
    if (!states.noDataState.includes(rule.noDataState)) faults.push(`${rule.title}: no data`);
    if (!states.execErrState.includes(rule.execErrState)) faults.push(`${rule.title}: error`);
    if ((rule.dashboardUid === undefined) !== (rule.panelId === undefined))
      faults.push(`${rule.title}: panel`);
    for (const each of [rule.for, rule.keepFiringFor ?? '0s']) {
      if (!Number.isFinite(seconds(each))) faults.push(`${rule.title}: ${each}`);
    }
  }
  return faults;
}

/** The rule groups of a file. */
export function readGroups(content: string): readonly ReadGroup[] {
  const file = parse(content) as { apiVersion: number; groups: ReadGroup[] };
  if (file.apiVersion !== 1) throw new Error('apiVersion is not 1');
  const texts = (found: object): Record<string, string> => everywhere(found, {}) as Record<string, string>;
  return file.groups.map((group) => ({
    ...group,
    name: interpolated(group.name),
    folder: interpolated(group.folder),
    rules: group.rules.map((rule) => ({
      ...rule,
      uid: interpolated(rule.uid),
      title: interpolated(rule.title),
      data: rule.data.map((node) => ({ ...node, datasourceUid: interpolated(node.datasourceUid) })),
      annotations: Object.fromEntries(
        Object.entries(rule.annotations).map(([key, text]) => [
          key,
          text.replace(/\$(?:__\w+)?\{[^}]*\}/g, ''),
        ]),
      ),
      labels: texts(rule.labels),
    })),
  }));
}
