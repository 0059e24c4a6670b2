import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { errors, middleware, telemetry, type observability } from '../../../generated/index.js';
import { isAuthorized } from './authorize.js';
import { BadRequestError } from './body.js';
import { sendJson } from './respond.js';
import { matchRoute, pathOf } from './routes.js';
import { deleteTask, getTask, getTaskEvents, postTask, type TaskContext } from './task-routes.js';

/** Answers /health, /stats and the like, and hands on what is none of them. */
export type Endpoints = ReturnType<typeof observability.express>;

/** The HTTP side of the service. Scrapes and health checks are not measured: they would be most of the requests. */
export function createHttpServer(context: TaskContext, endpoints: Endpoints): Server {
  const answerScrape = telemetry.metricsHandler();
  const answerTask = middleware.node(
    (request: IncomingMessage, response: ServerResponse) => answer(context, request, response),
    { route: (request) => matchRoute(pathOf(request))?.route },
  );
  return createServer((request, response) => {
    if (pathOf(request) === '/metrics') answerScrape(request, response);
    else endpoints(request, response, () => void answerTask(request, response));
  });
}

async function answer(
  context: TaskContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    if (isAuthorized(request, context.config.apiToken)) await route(context, request, response);
    else sendJson(response, 401, { error: 'a token is needed' }, { 'www-authenticate': 'Bearer' });
  } catch (error) {
    refuse(error, response);
  }
}

async function route(
  context: TaskContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const match = matchRoute(pathOf(request));
  switch (`${request.method ?? ''} ${match?.route ?? ''}`) {
    case 'POST /tasks':
      await postTask(context, request, response);
      break;
    case 'GET /tasks/:id':
      getTask(context, match?.id ?? '', response);
      break;
    case 'DELETE /tasks/:id':
      deleteTask(context, match?.id ?? '', response);
      break;
    case 'GET /tasks/:id/events':
      await getTaskEvents(context, match?.id ?? '', response);
      break;
    default:
      if (match === undefined) sendJson(response, 404, { error: 'there is nothing here' });
      else sendJson(response, 405, { error: 'this method is not allowed here' });
  }
}

function refuse(error: unknown, response: ServerResponse): void {
  if (error instanceof BadRequestError && !response.headersSent) {
    const headers: Record<string, string> = error.status === 413 ? { connection: 'close' } : {};
    sendJson(response, error.status, { error: error.message }, headers);
    return;
  }
  errors.capture(error);
  if (response.headersSent) response.destroy();
  else sendJson(response, 500, { error: 'the service failed' });
}
