/** A request that a person can choose in a client. */
export interface Prompt {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly arguments: readonly {
    readonly name: string;
    readonly description: string;
    readonly required: boolean;
  }[];
  text(given: Readonly<Record<string, string>>): string;
}

export const prompts: readonly Prompt[] = [
  {
    name: 'add_telemetry',
    title: 'Add telemetry to code',
    description: 'Observes a file or function with declared telemetry alone',
    arguments: [{ name: 'target', description: 'The file or function', required: true }],
    text: ({ target = '' }) =>
      [
        `Add telemetry to ${target}.`,
        '',
        '1. Look for what is declared: find_spans, find_metrics, find_logs. Use these helpers, with their labels as they are.',
        '2. What a span records by itself is not recorded a second time.',
        '3. Where something is missing, add it to the spec, check the change with validate, and compile it with build (write: true).',
        '4. Check each new query with check_query, and the whole change with diff.',
        '5. Do not create metrics, spans or loggers by hand, and let no open text become a label value.',
      ].join('\n'),
  },
  {
    name: 'mend_spec',
    title: 'Mend the spec',
    description: 'Goes through everything that validate reports',
    arguments: [],
    text: () =>
      'Run validate. For each diagnostic, read explain for its code, mend the spec at the place that is named, and run validate again, until no error is left. Then show what diff says about the change.',
  },
];
