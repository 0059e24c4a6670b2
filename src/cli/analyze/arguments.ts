/** What `obs-gen analyze` is asked for. */
export interface AnalyzeArguments {
  readonly paths: readonly string[] | undefined;
  /** Undefined: observability.yaml where there is one, otherwise none. */
  readonly spec: string | undefined;
  readonly out: string;
  readonly format: 'pretty' | 'json' | 'html';
  readonly 'out-file': string | undefined;
  readonly top: number | undefined;
  readonly 'min-score': number | undefined;
  readonly floor: number | undefined;
  readonly 'write-rules': boolean | undefined;
  readonly quiet: boolean | undefined;
}

/** The functions that are listed, or get rules, where nobody says how many. */
export const usualTop = 20;
