import { printYaml } from '../encode/yaml.js';

export interface FirstSpec {
  readonly name: string;
  readonly owner: string | undefined;
  readonly presets: readonly string[];
  /** Where editors find the schema. */
  readonly schema: string;
}

/** `research-agent` is `research_agent`: names of metrics have no dashes. */
function prefixOf(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^a-zA-Z0-9]+/g, '_')
    .toLowerCase();
}

/** A value as YAML writes it on one line. */
function scalar(value: string): string {
  return printYaml(value).trimEnd();
}

/**
 * The spec that a service begins with: small enough to be read in a minute, with one of each thing that matters, and without a warning.
 */
export function firstSpec({ name, owner, presets, schema }: FirstSpec): string {
  const prefix = prefixOf(name);
  const presetLines =
    presets.length === 0
      ? []
      : [
          '',
          '# Fragments in this same language: what most services have to measure. `obs-gen presets show node` prints one; what stands below is merged',
          '# over them. Their labels are called preset.label here.',
          `presets: [${presets.join(', ')}]`,
        ];
  return [
    `# yaml-language-server: $schema=${schema}`,
    '#',
    `# How ${name} is observed. \`obs-gen build\` compiles this file into generated/: typed helpers, Prometheus rules and their tests,`,
    '# dashboards, documents. An editor with the YAML language server explains every key. Durations are those of Prometheus (500ms, 5m, 30d).',
    'version: 1',
    '',
    'service:',
    `  name: ${scalar(name)}`,
    ...(owner === undefined
      ? []
      : [
          `  owner: ${scalar(owner)}                  # default owner of every metric, objective, alert and dashboard`,
        ]),
    ...presetLines,
    '',
    '# A label is bounded: by the values that there are, by the names that the program registers when it starts, or by a cap. What is beyond',
    '# becomes __other__ and is counted.',
    'labels:',
    '  task_outcome:',
    '    description: How the task ended.',
    '    as: outcome                           # the name on the scraped page',
    '    values: [completed, failed, rejected]',
    '  task_kind:',
    '    description: Kind of the task, as the service calls it.',
    '    as: kind',
    '    registered: true                      # labels.taskKind.register([...]) at the start of the program',
    '    cap: 20',
    '',
    '# The name ends in the unit, and that of a counter in _total.',
    'metrics:',
    `  ${prefix}_tasks_total:`,
    '    type: counter',
    '    help: Tasks finished, by how they ended.',
    '    labels: [task_kind, task_outcome]',
    `  ${prefix}_task_duration_seconds:`,
    '    type: histogram',
    '    help: Time that a task took.',
    '    labels: [task_kind]',
    '    buckets: { preset: seconds }',
    '    exemplars: true                       # each bucket keeps the id of a trace',
    '',
    '# spans.taskRun({ kind }, async (span) => …) opens the span and records the two metrics when it ends.',
    'spans:',
    '  task.run:',
    '    kind: internal',
    '    description: One task, from its acceptance to its result.',
    '    attributes:',
    '      kind: { label: task_kind }',
    `    record: { count: ${prefix}_tasks_total, duration: ${prefix}_task_duration_seconds }`,
    '    outcome: { label: task_outcome, ok: completed, error: failed }',
    '',
    '# What is promised to those who use the service. Burn-rate alerts, their tests and a dashboard come with each objective.',
    'slis:',
    '  task_success:',
    '    description: Tasks that were completed, of those that were accepted.',
    `    events: { total: '${prefix}_tasks_total{outcome!="rejected"}', good: '${prefix}_tasks_total{outcome="completed"}' }`,
    'slos:',
    '  task-success: { sli: task_success, objective: 99, period: 30d }',
    '',
  ].join('\n');
}
