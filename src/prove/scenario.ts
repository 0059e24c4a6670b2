import type { Expr } from '../promql/ast.js';
import type { TestSeries } from './series.js';

/** What a scenario asserts about an alert or a recorded series at a time, in seconds since its start. */
export type Check =
  /** The alert fires for exactly these groups; each names the labels that tell it from the others, `{}` where there is one group. */
  | {
      readonly kind: 'firing';
      readonly alert: string;
      readonly at: number;
      readonly groups: readonly ReadonlyMap<string, string>[];
    }
  /** The alert does not fire at all; with `labels`, not for these. */
  | {
      readonly kind: 'silent';
      readonly alert: string;
      readonly at: number;
      readonly labels?: ReadonlyMap<string, string>;
    }
  /** The alert as Alertmanager gets it: all labels but alertname, all annotations, templates filled in. */
  | {
      readonly kind: 'identity';
      readonly alert: string;
      readonly at: number;
      readonly alerts: readonly {
        readonly labels: ReadonlyMap<string, string>;
        readonly annotations: ReadonlyMap<string, string>;
      }[];
    }
  /**
   * A query has exactly these results, __name__ among the labels where the query keeps it. Values are compared bit by bit: ask for a band
   * (`count(x > 0.019 and x < 0.021)`) wherever the value is not a small whole number.
   */
  | {
      readonly kind: 'query';
      readonly expr: Expr;
      readonly at: number;
      readonly results: readonly { readonly labels: ReadonlyMap<string, string>; readonly value: number }[];
    };

/** One run of the rules over made-up series. */
export interface Scenario {
  /** What it shows, as a sentence about the alert or objective. */
  readonly name: string;
  /** How the times were predicted: a comment in the test file. */
  readonly because?: string | undefined;
  /** Seconds between the samples of the series. */
  readonly interval: number;
  /** Seconds between evaluations of the rules: promtool has one pace for all groups. */
  readonly evaluationInterval: number;
  readonly series: readonly TestSeries[];
  readonly checks: readonly Check[];
}
