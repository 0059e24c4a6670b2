import { certificateMount } from '../../stack/certificates.js';
import { webMount } from '../../stack/containers.js';
import type { PartName } from '../../stack/parts.js';
import { apiPorts } from '../../stack/ports.js';
import { jaegerHealth } from './jaeger.js';
import { readinessPort } from './server-tls.js';
import { certificateIn } from './tls.js';

/** The command in a container that tells whether its program is well, and why that image can run it. */
export interface HealthCommand {
  /** Undefined: the image brings its own, or nothing that could be run. */
  readonly command: readonly string[] | undefined;
  readonly because: string;
}

/** What promtool and amtool show a server that asks for certificates; written where there is one. */
export const httpClientFile = `${webMount}/client.yaml`;

function url(part: PartName, isTls: boolean): string {
  return `${isTls ? 'https' : 'http'}://localhost:${apiPorts[part]}`;
}

function client(isTls: boolean): readonly string[] {
  return isTls ? [`--http.config.file=${httpClientFile}`] : [];
}

/** Loki and Tempo ask themselves, without a certificate: at a server of their own where the first one wants one. */
function ownReadiness(program: string, isTls: boolean): readonly string[] {
  return [program, '-health', ...(isTls ? [`-health.url=http://127.0.0.1:${readinessPort}/ready`] : [])];
}

/**
 * What each image can run. A command that an image lacks makes its container unhealthy for ever, and nothing says why: this table is
 * made from the recipes of the images (their Dockerfiles), at the releases of `images`.
 */
const commands: Readonly<Record<PartName, (isTls: boolean) => HealthCommand>> = {
  prometheus: (isTls) => ({
    command: ['promtool', 'check', 'ready', `--url=${url('prometheus', isTls)}`, ...client(isTls)],
    because: 'promtool is in the image beside prometheus',
  }),
  alertmanager: (isTls) => ({
    command: [
      'amtool',
      'cluster',
      'show',
      `--alertmanager.url=${url('alertmanager', isTls)}`,
      ...client(isTls),
    ],
    because: 'amtool is in the image beside alertmanager',
  }),
  grafana: (isTls) => ({
    command: [
      'curl',
      '--silent',
      '--show-error',
      '--fail',
      '--output',
      '/dev/null',
      ...(isTls ? ['--cacert', certificateIn(certificateMount).authority] : []),
      `${url('grafana', isTls)}/api/health`,
    ],
    because: 'curl is installed in the image',
  }),
  collector: () => ({
    command: undefined,
    because: 'the image holds the Collector and nothing else; its port 13133 is asked from outside',
  }),
  balancer: () => ({
    command: undefined,
    because: 'the image holds the Collector and nothing else; its port 13133 is asked from outside',
  }),
  loki: (isTls) => ({
    command: ownReadiness('/usr/bin/loki', isTls),
    because: 'the image holds Loki alone, which can ask itself',
  }),
  tempo: (isTls) => ({
    command: ownReadiness('/tempo', isTls),
    because: 'the image holds Tempo alone, which can ask itself',
  }),
  jaeger: () => ({
    command: ['wget', '-q', '-O', '/dev/null', `http://127.0.0.1:${jaegerHealth.port}${jaegerHealth.path}`],
    because: 'the image is made from Alpine, whose BusyBox has wget',
  }),
  pushgateway: (isTls) => ({
    // BusyBox has no certificate to show: that somebody listens is all that can be known. Not every build of its nc has -z.
    command: isTls
      ? ['nc', '-w', '2', '127.0.0.1', String(apiPorts.pushgateway)]
      : ['wget', '-q', '-O', '/dev/null', `${url('pushgateway', false)}/-/ready`],
    because: 'the image is made from BusyBox, which has nc and wget',
  }),
  gpu: () => ({ command: undefined, because: 'the recipe of the image has a health check of its own' }),
};

/** How the health of a part is found out inside its container. */
export function healthCommand(part: PartName, isTls: boolean): HealthCommand {
  return commands[part](isTls);
}
