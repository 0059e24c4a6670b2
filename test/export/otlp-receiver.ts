import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** OTLP/JSON as far as metrics use it: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding */
export interface OtlpMetric {
  readonly name: string;
  readonly description: string;
  readonly unit: string;
  readonly sum?: OtlpPoints & { readonly isMonotonic: boolean };
  readonly gauge?: Omit<OtlpPoints, 'aggregationTemporality'>;
  readonly histogram?: OtlpPoints;
}

interface OtlpPoints {
  /** 1: delta; 2: cumulative. */
  readonly aggregationTemporality: number;
  readonly dataPoints: readonly OtlpPoint[];
}

interface OtlpPoint {
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue: string } }[];
  readonly startTimeUnixNano: string;
  readonly timeUnixNano: string;
  readonly asDouble?: number;
  readonly count?: number | string;
  readonly sum?: number;
  readonly min?: number;
  readonly max?: number;
  readonly bucketCounts?: readonly (number | string)[];
  readonly explicitBounds?: readonly number[];
}

/** One request to `/v1/metrics`, decoded. */
export interface OtlpRequest {
  readonly resourceMetrics: readonly {
    readonly resource: {
      readonly attributes: readonly {
        readonly key: string;
        readonly value: { readonly stringValue?: string };
      }[];
    };
    readonly scopeMetrics: readonly {
      readonly scope: { readonly name: string };
      readonly metrics: readonly OtlpMetric[];
    }[];
  }[];
}

/** A server that takes OTLP/HTTP in JSON, as a collector does. */
export interface OtlpReceiver {
  readonly url: string;
  readonly requests: readonly OtlpRequest[];
  close(): Promise<void>;
}

/** Starts a receiver on a free port of the loopback interface. */
export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const requests: OtlpRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.url === '/v1/metrics')
        requests.push(JSON.parse(Buffer.concat(chunks).toString('utf8')) as OtlpRequest);
      response.writeHead(request.url === '/v1/metrics' ? 200 : 404, { 'content-type': 'application/json' });
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1/metrics`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

/** The metrics of a request that came from a scope, by name. */
export function metricsOf(request: OtlpRequest | undefined, scope: string): Map<string, OtlpMetric> {
  const scopes = (request?.resourceMetrics ?? []).flatMap(({ scopeMetrics }) => scopeMetrics);
  return new Map(
    scopes
      .filter((each) => each.scope.name === scope)
      .flatMap(({ metrics }) => metrics.map((metric) => [metric.name, metric])),
  );
}

/** The labels of a point. */
export function attributesOf(point: OtlpPoint | undefined): Record<string, string> {
  return Object.fromEntries((point?.attributes ?? []).map(({ key, value }) => [key, value.stringValue]));
}
