/** What `obs-gen infer` is asked for. */
export interface InferArguments {
  readonly metrics: readonly string[] | undefined;
  readonly samples: number;
  /** A duration of Prometheus. */
  readonly interval: string;
  readonly code: readonly string[] | undefined;
  readonly rules: readonly string[] | undefined;
  readonly dashboards: readonly string[] | undefined;
  readonly 'seen-only': boolean | undefined;
  readonly name: string | undefined;
  readonly owner: string | undefined;
  readonly schema: string | undefined;
  readonly write: string | undefined;
  readonly force: boolean | undefined;
  readonly format: 'pretty' | 'json';
  readonly verbose: boolean | undefined;
}
