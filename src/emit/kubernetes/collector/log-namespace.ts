import type { KubernetesStack, Stack } from '../../../model/stack.js';

/** Where the nodes keep the logs of pods: `<namespace>_<pod>_<uid>/<container>/<restarts>.log`. */
export const podLogs = '/var/log/pods';

interface LogConfig {
  readonly receivers: { readonly file_log: object };
}

/**
 * The configuration of a log agent, for the pods of the service's namespace alone: a node's files are those of everybody, and who may
 * read the logs of one service need not be allowed to read all others'.
 */
export function ofNamespace(config: object, { collector }: Stack, kubernetes: KubernetesStack): object {
  const { serviceNamespace } = kubernetes;
  if (collector.logFiles !== undefined || serviceNamespace === undefined) return config;
  const { receivers, ...rest } = config as LogConfig;
  const include = [`${podLogs}/${serviceNamespace}_*/*/*.log`];
  return { ...rest, receivers: { ...receivers, file_log: { ...receivers.file_log, include } } };
}
