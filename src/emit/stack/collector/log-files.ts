import type { Model } from '../../../model/model.js';
import type { Site } from './place.js';

/** Where container engines keep what containers write. */
const containerFiles = {
  compose: ['/var/lib/docker/containers/*/*-json.log'],
  kubernetes: ['/var/log/pods/*/*/*.log'],
  native: [],
} as const;

/** The log files of a place, as globs. */
function logFiles({ stack, place, options }: Site): readonly string[] {
  return options.logFiles ?? stack.collector.logFiles ?? containerFiles[place];
}

/**
 * Whether log files are read here at all. In Kubernetes they are on every node, where a Collector of each node's own reads them; and the
 * lines of a service that sends them over OTLP, too, would be there twice.
 */
export function readsFiles({ logs: { outputs } }: Model, site: Site): boolean {
  if (site.place === 'kubernetes' || logFiles(site).length === 0) return false;
  return !isContainers(site) || (outputs.stdout && !outputs.otlp);
}

/** Whether the files are those of a container engine, which puts each line into an envelope of its own. */
function isContainers({ stack, options }: Site): boolean {
  return options.logFiles === undefined && stack.collector.logFiles === undefined;
}

/** Whether an attribute is there and a text, as an expression. https://expr-lang.org */
function isText(attribute: string): string {
  return `type(attributes[${JSON.stringify(attribute)}]) == "string"`;
}

/** Takes the engine's envelope off a line. */
function unpacking({ place }: Site): readonly object[] {
  const isPod = place === 'kubernetes';
  return [
    {
      type: 'container',
      id: 'container',
      format: isPod ? undefined : 'docker',
      // The names of pod and container are in the path of a pod's log, and nowhere in Docker's.
      add_metadata_from_filepath: isPod,
      on_error: 'send_quiet',
    },
  ];
}

/**
 * Puts the parts of a JSON line where OTLP has them: time, severity, trace and body; the service becomes the resource's name. All else is
 * an attribute. A line of another program keeps its text, and what of this it has.
 */
const reading: readonly object[] = [
  {
    type: 'json_parser',
    id: 'json',
    if: String.raw`type(body) == "string" and body matches "^\\s*\\{"`,
    parse_ints: true,
    on_error: 'send_quiet',
  },
  {
    type: 'time_parser',
    id: 'time',
    if: isText('time'),
    parse_from: 'attributes.time',
    layout_type: 'gotime',
    layout: '2006-01-02T15:04:05.999999999Z07:00',
    on_error: 'send_quiet',
  },
  {
    type: 'severity_parser',
    id: 'level',
    if: isText('level'),
    parse_from: 'attributes.level',
    overwrite_text: true,
    on_error: 'send_quiet',
  },
  {
    type: 'trace_parser',
    id: 'trace',
    if: isText('trace_id'),
    trace_id: { parse_from: 'attributes.trace_id' },
    span_id: { parse_from: 'attributes.span_id' },
    on_error: 'send_quiet',
  },
  {
    type: 'move',
    id: 'service',
    if: isText('service'),
    from: 'attributes.service',
    to: 'resource["service.name"]',
  },
  { type: 'move', id: 'message', if: isText('message'), from: 'attributes.message', to: 'body' },
  // What has a place of its own is not said twice.
  ...['time', 'trace_id', 'span_id'].map((field) => ({
    type: 'remove',
    id: `remove_${field}`,
    if: isText(field),
    field: `attributes.${field}`,
  })),
];

/** Reads log files, from where it stopped the last time. While nothing can be passed on, it waits: the file is the queue. */
export function fileReceiver(site: Site): object {
  const { directory, options } = site;
  const isEngine = isContainers(site);
  return {
    include: logFiles(site),
    exclude: options.exceptLogFiles,
    // A file that appears, by a rotation or with a container, is read from its first line.
    start_at: 'beginning',
    include_file_name: false,
    include_file_path: isEngine && site.place === 'kubernetes',
    storage: directory === undefined ? undefined : 'file_storage',
    retry_on_failure: { enabled: true, max_elapsed_time: '0s' },
    operators: [...(isEngine ? unpacking(site) : []), ...reading],
  };
}

/**
 * The name of an event and its level as attributes, whichever way a line came: what queries ask by. Loki has no field of its own for the
 * name of an event.
 */
export const logAttributes: object = {
  error_mode: 'ignore',
  log_statements: [
    {
      context: 'log',
      statements: [
        'set(log.event_name, log.attributes["event"]) where log.event_name == "" and IsString(log.attributes["event"])',
        'set(log.attributes["event"], log.event_name) where log.event_name != ""',
        'set(log.attributes["level"], ToLowerCase(log.severity_text)) where log.severity_text != ""',
      ],
    },
  ],
};
