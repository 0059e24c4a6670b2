import { printYaml } from '../../../encode/yaml.js';
import { jaegerConfig, jaegerData, jaegerHealth } from '../../../emit/stack/jaeger.js';
import { lokiConfig, lokiData } from '../../../emit/stack/loki.js';
import { tempoConfig, tempoData } from '../../../emit/stack/tempo.js';
import type { Stack } from '../../../model/stack.js';
import { loopback } from '../../../processes/ports.js';
import { apiPorts, collectorPorts, otlpPorts } from '../../ports.js';
import type { PartPorts } from './ports.js';
import { relocate, type Relocation } from './relocate.js';

/** A store that keeps logs or traces. */
export type Store = 'loki' | 'tempo' | 'jaeger';

const header = 'What obs-gen stack up --native started this program with; written anew each time.';

/** The port between Jaeger and programs that ask it by gRPC. */
const jaegerGrpc = 16_685;

function otlp(ports: PartPorts): readonly (readonly [number, number])[] {
  const { otlpGrpc, otlpHttp } = ports;
  if (otlpGrpc === undefined || otlpHttp === undefined) return [];
  return [
    [otlpPorts.grpc, otlpGrpc],
    [otlpPorts.http, otlpHttp],
  ];
}

/** Loki and Tempo listen on every interface for HTTP where nobody says otherwise, and for gRPC on a port that the other has as well. */
function onLoopback(config: object, { api, grpc }: PartPorts): object {
  const { server } = config as { readonly server?: object };
  return {
    ...config,
    server: {
      ...server,
      http_listen_address: loopback,
      http_listen_port: api,
      grpc_listen_address: loopback,
      grpc_listen_port: grpc,
    },
  };
}

/**
 * The generated configuration of a store, turned to this machine.
 * @param data the folder that it keeps everything below
 */
export function storeConfig(store: Store, stack: Stack, ports: PartPorts, data: string): string {
  const at = (folder: string, pairs: readonly (readonly [number, number])[]): Relocation => ({
    folder: [folder, data],
    ports: new Map([...otlp(ports), ...pairs]),
  });
  switch (store) {
    case 'loki':
      return printYaml(
        relocate(onLoopback(lokiConfig(stack), ports), at(lokiData, [[apiPorts.loki, ports.api]])),
        header,
      );
    case 'tempo':
      return printYaml(
        relocate(onLoopback(tempoConfig(stack), ports), at(tempoData, [[apiPorts.tempo, ports.api]])),
        header,
      );
    case 'jaeger':
      return printYaml(
        relocate(
          jaegerConfig(stack),
          at(jaegerData, [
            [apiPorts.jaeger, ports.api],
            [jaegerHealth.port, ports.health ?? jaegerHealth.port],
            [jaegerGrpc, ports.grpc ?? jaegerGrpc],
            [collectorPorts.own, ports.own ?? collectorPorts.own],
          ]),
        ),
        header,
      );
  }
}
