/** Files of the stack below the output directory: emitters write them, `stack` runs them, `doctor` compares them. */
export const stackPaths = {
  compose: 'stack/compose.yaml',
  versions: 'stack/versions.env',
  ignore: 'stack/.gitignore',
  prometheus: 'prometheus/prometheus.yaml',
  rules: 'prometheus/rules',
  alertmanager: 'alertmanager/alertmanager.yaml',
  collector: 'stack/collector/collector.yaml',
  balancer: 'stack/collector/balancer.yaml',
  loki: 'stack/loki/loki.yaml',
  tempo: 'stack/tempo/tempo.yaml',
  jaeger: 'stack/jaeger/jaeger.yaml',
  dashboards: 'grafana/dashboards',
  provisioning: 'grafana/provisioning',
  /** Never written by a build: `obs-gen stack up` makes what is missing. */
  secrets: 'stack/secrets',
} as const;
