import type { Parsed } from '../promql/parse.js';
import type { Variable } from './variable.js';
import { list, record, text, type Json } from './json.js';
import { parsedQuery } from './parsed-queries.js';
import { filledIn } from './placeholders.js';

/** What a query is written in; undefined: something that is not read here. */
export type Language = 'promql' | 'logql' | 'traceql';

/** The data source of a panel or a query, as it is written. */
export interface DataSourceUse {
  /** Plugin: prometheus, loki, tempo; undefined where nothing says. */
  readonly type: string | undefined;
  readonly uid: string | undefined;
  /** The variable that it is chosen with; undefined where it is fixed. */
  readonly variable: string | undefined;
}

/** One query of a panel. */
export interface Target {
  readonly json: Json;
  readonly path: string;
  readonly refId: string | undefined;
  readonly datasource: DataSourceUse;
  readonly language: Language | undefined;
  readonly query: string;
  readonly legend: string;
  readonly instant: boolean;
  /** PromQL alone, with Grafana's variables filled in. */
  readonly parsed: Parsed | undefined;
}

const languages: Readonly<Record<string, Language>> = {
  prometheus: 'promql',
  'grafana-amazonprometheus-datasource': 'promql',
  loki: 'logql',
  tempo: 'traceql',
};

/** `$datasource`, `${datasource}`, `[[datasource]]`: the name of the variable. */
function variableIn(uid: string | undefined): string | undefined {
  const [, braced, plain, old] = /^(?:\$\{(\w+)(?::\w+)?\}|\$(\w+)|\[\[(\w+)\]\])$/.exec(uid ?? '') ?? [];
  return braced ?? plain ?? old;
}

/** Reads what stands under `datasource`, in each of the forms that Grafana has had. */
export function readDataSource(value: unknown, variables: readonly Variable[]): DataSourceUse {
  const uid = text(value) ?? text(record(value)['uid']);
  const variable = variableIn(uid);
  const declared = variables.find(({ name, type }) => name === variable && type === 'datasource');
  return { type: text(record(value)['type']) ?? declared?.query, uid, variable };
}

function isWritten(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '' && value !== '-- Mixed --';
}

function isMixed(value: unknown): boolean {
  return value === '-- Mixed --' || record(value)['uid'] === '-- Mixed --';
}

function languageOf(json: Json, type: string | undefined): Language | undefined {
  if (type !== undefined) return languages[type];
  // An old file names no plugin: what has an `expr` is Prometheus' as a rule.
  return text(json['expr']) === undefined ? undefined : 'promql';
}

/** Reads one query. */
export function readTarget(json: Json, panel: Json, path: string, variables: readonly Variable[]): Target {
  const own = isWritten(json['datasource']) ? json['datasource'] : panel['datasource'];
  const datasource = readDataSource(isMixed(own) ? undefined : own, variables);
  const written = text(json['expr']) ?? text(json['query']) ?? '';
  const isSearch = datasource.type === 'tempo' && !/^traceql/.test(text(json['queryType']) ?? 'traceql');
  const language = isSearch ? undefined : languageOf(json, datasource.type);
  return {
    json,
    path,
    refId: text(json['refId']),
    datasource,
    language,
    query: written,
    legend: text(json['legendFormat']) ?? '',
    instant: json['instant'] === true && json['range'] !== true,
    parsed: language === 'promql' && written.trim() !== '' ? parsedQuery(filledIn(written)) : undefined,
  };
}

/** The queries of a panel that are written in PromQL, hidden ones among them. */
export function promTargets({ targets }: { readonly targets: readonly Target[] }): readonly Target[] {
  return targets.filter(({ language, query }) => language === 'promql' && query.trim() !== '');
}

/** Whether a panel mixes data sources. */
export function mixesSources(panel: Json): boolean {
  return isMixed(panel['datasource']) && list(panel['targets']).length > 0;
}
