// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { MetricsHandler } from '../exposition/handler.js';
import type { MetricsRequest, MetricsResponse } from '../exposition/http.js';
import type { Access } from './access.js';
import { notFound } from './router.js';
import type { Answer, EndpointRequest, Router } from './router.js';

/** What the endpoints are made of, where they stand. */
export interface Place {
  readonly access: Access;
  readonly router: Router;
  readonly metrics: MetricsHandler;
}

/** What is needed of a request of node:http. */
export interface NodeEndpointRequest extends MetricsRequest {
  readonly url?: string | undefined;
  readonly socket?: { readonly remoteAddress?: string | undefined };
}

/** Answers a request of node:http. */
export type EndpointHandler = (request: NodeEndpointRequest, response: MetricsResponse) => void;

/** Answers a request of Express, or hands it on. */
export type ExpressHandler = (
  request: NodeEndpointRequest,
  response: MetricsResponse,
  next: (error?: unknown) => void,
) => void;

/** The endpoints for node:http and Express. */
export function nodeEndpoints(place: Place): {
  readonly handler: EndpointHandler;
  readonly express: ExpressHandler;
} {
  const answer = (request: NodeEndpointRequest, response: MetricsResponse, otherwise: () => void): void => {
    void place.router.answer(asked(request)).then((found) => {
      if (found === undefined) otherwise();
      else send(found, request, response, place.metrics);
    });
  };
  return {
    handler: (request, response) => {
      answer(request, response, () => {
        send(notFound, request, response, place.metrics);
      });
    },
    express: (request, response, next) => {
      // What is none of the paths goes on in this turn.
      if (place.router.paths.includes((request.url ?? '').split('?', 1)[0] ?? ''))
        answer(request, response, next);
      else next();
    },
  };
}

/** What the router needs to know of a request of node:http. */
export function asked(request: NodeEndpointRequest): EndpointRequest {
  return {
    method: request.method ?? '',
    url: request.url ?? '',
    address: request.socket?.remoteAddress,
    header(name) {
      const value = request.headers[name];
      return typeof value === 'string' || value === undefined ? value : value.join(',');
    },
  };
}

/** Sends an answer; one that nobody waits for any more is passed over. */
export function send(
  answer: Answer,
  request: MetricsRequest,
  response: MetricsResponse,
  metrics: MetricsHandler,
): void {
  try {
    for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
    if (answer.kind === 'metrics') {
      metrics(request, response);
      return;
    }
    response.statusCode = answer.status;
    if (request.method !== 'HEAD') response.write(answer.body);
    response.end();
  } catch {
    response.destroy();
  }
}
