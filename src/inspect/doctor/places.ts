/** What the doctor knows how to ask, in the order in which it reports: what others depend on comes first. */
export const placeNames = [
  'service',
  'prometheus',
  'alertmanager',
  'collector',
  'loki',
  'tempo',
  'jaeger',
  'grafana',
  'preview',
  'pushgateway',
] as const;
export type PlaceName = (typeof placeNames)[number];

/** How each is called in a sentence. */
export const titles: Readonly<Record<PlaceName, string>> = {
  service: 'the service',
  prometheus: 'Prometheus',
  alertmanager: 'Alertmanager',
  collector: 'the Collector',
  loki: 'Loki',
  tempo: 'Tempo',
  jaeger: 'Jaeger',
  grafana: 'Grafana',
  preview: 'the preview',
  pushgateway: 'Pushgateway',
};

/** Where a part of the stack answers. */
export interface Place {
  readonly name: PlaceName;
  /** Without a trailing slash and without credentials: what may be shown. For the Collector, where it takes OTLP over HTTP. */
  readonly url: string;
  /** The header that credentials of the address stand for. */
  readonly authorization: string | undefined;
  /** How it ended by itself, where whoever started it has seen that. */
  readonly ended: string | undefined;
  /** Whether `stack up --native` has started it: what it tells people goes to the machine, whatever the spec says. */
  readonly isLocal: boolean;
  /** Where the address is from: an option, what runs, or what the compose file publishes. */
  readonly from: string;
}

export type Places = ReadonlyMap<PlaceName, Place>;
