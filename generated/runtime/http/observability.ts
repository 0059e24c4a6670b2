// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { MetricsHandler, MetricsHandlerOptions, Scrape } from '../exposition/handler.js';
import { keepRecentSpans, recentSpans } from '../sdk/recent-spans.js';
import { currentSettings } from '../settings/settings.js';
import { createAccess } from './access.js';
import type { AccessOptions } from './access.js';
import { fastifyEndpoints, honoEndpoints } from './frameworks.js';
import type { FastifyEndpoints, HonoEndpoints } from './frameworks.js';
import type { HealthComponent } from './health.js';
import { nodeEndpoints } from './node-endpoints.js';
import type { EndpointHandler, ExpressHandler, Place } from './node-endpoints.js';
import { createRouter } from './router.js';
import { listen } from './server.js';
import type { Listening, ListenOptions } from './server.js';

/** The last spans and how they are chosen; default: those of the runtime. */
export interface TraceView {
  sampling(): unknown;
  recentSpans(): readonly object[];
}

/** What the endpoints of a service tell. */
export interface ObservabilityDefinition {
  readonly service: string;
  readonly telemetry: {
    metricsHandler(options?: MetricsHandlerOptions): MetricsHandler;
    scrape(accept?: string): Promise<Scrape>;
    stats(): unknown;
  };
  readonly health?: object;
  readonly trace?: TraceView;
}

/**
 * `/health`, `/health/detailed`, `/observability/metrics`, `/debug/trace` and `/stats`. All but the first are for callers of this machine,
 * or with the token.
 */
export interface Observability {
  /**
   * For `createServer(observability.handler())`: everything that is none of the paths is answered with 404.
   * @throws where the file of the token cannot be read
   */
  handler(options?: AccessOptions): EndpointHandler;
  /** For `app.use(observability.express())`: what is none of the paths goes on. */
  express(options?: AccessOptions): ExpressHandler;
  /** For `app.register(observability.fastify())`. */
  fastify(options?: AccessOptions): FastifyEndpoints;
  /** For `app.use(observability.hono())`: what is none of the paths goes on. */
  hono(options?: AccessOptions): HonoEndpoints;
  /**
   * Serves the endpoints on a port of their own, on 127.0.0.1 by default, and does not keep the process alive.
   * @throws (rejects) where the address is public and there is no token, or where it cannot be listened on
   */
  listen(options?: ListenOptions): Promise<Listening>;
}

const keptSpans = 100;

/** Makes the endpoints of a service. */
export function createObservability(definition: ObservabilityDefinition): Observability {
  const { service, telemetry } = definition;
  const health = Object.values(definition.health ?? {}) as readonly HealthComponent[];
  const trace = definition.trace ?? { sampling: samplingNow, recentSpans };

  function place(options: AccessOptions = {}): Place {
    if (definition.trace === undefined) keepRecentSpans(keptSpans);
    const access = createAccess(options);
    const sources = {
      service,
      health,
      stats: () => telemetry.stats(),
      trace: () => ({ sampling: trace.sampling(), spans: trace.recentSpans() }),
    };
    return { access, router: createRouter(sources, access), metrics: telemetry.metricsHandler() };
  }

  return {
    handler: (options) => nodeEndpoints(place(options)).handler,
    express: (options) => nodeEndpoints(place(options)).express,
    fastify: (options) => fastifyEndpoints(place(options)),
    hono: (options) => honoEndpoints(place(options), telemetry),
    // Asynchronous, so that what is refused is a rejection in every case.
    listen: async (options) => listen(place(options), options),
  };
}

function samplingNow(): unknown {
  const { sampling, switches } = currentSettings();
  return { share: sampling ?? null, traces: switches?.['traces'] !== false };
}
