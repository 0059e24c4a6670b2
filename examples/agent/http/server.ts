import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { spans, telemetry } from '../../../generated/index.js';
import { BadRequestError } from './body.js';
import { sendJson } from './respond.js';
import { labelMethod, matchRoute, statusClass, type Match } from './routes.js';
import { deleteTask, getTask, getTaskEvents, postTask, type TaskContext } from './task-routes.js';

/** The HTTP side of the service. Scrapes and health checks are not measured: they would be most of the requests. */
export function createHttpServer(context: TaskContext): Server {
  const answerScrape = telemetry.metricsHandler();
  return createServer((request, response) => {
    const match = matchRoute(request.url ?? '/');
    if (match.route === '/health') sendJson(response, 200, { status: 'ok' });
    else if (match.route === '/metrics') answerScrape(request, response);
    else void answerMeasured(context, match, request, response);
  });
}

async function answerMeasured(
  context: TaskContext,
  match: Match,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const method = labelMethod(request.method);
  await spans.httpServerRequest({ method, route: match.route }, async (span) => {
    try {
      await answer(context, match, request, response);
    } catch (error) {
      refuse(error, response);
    }
    span.set({ status: response.statusCode });
    span.outcome(statusClass(response.statusCode));
  });
}

async function answer(
  context: TaskContext,
  { route, id }: Match,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  switch (`${request.method ?? ''} ${route}`) {
    case 'POST /tasks':
      await postTask(context, request, response);
      break;
    case 'GET /tasks/:id':
      getTask(context, id, response);
      break;
    case 'DELETE /tasks/:id':
      deleteTask(context, id, response);
      break;
    case 'GET /tasks/:id/events':
      await getTaskEvents(context, id, response);
      break;
    default:
      if (route === 'unmatched') sendJson(response, 404, { error: 'there is nothing here' });
      else sendJson(response, 405, { error: 'this method is not allowed here' });
  }
}

function refuse(error: unknown, response: ServerResponse): void {
  if (response.headersSent) {
    response.destroy();
  } else if (error instanceof BadRequestError) {
    sendJson(
      response,
      error.status,
      { error: error.message },
      error.status === 413 ? { connection: 'close' } : {},
    );
  } else {
    sendJson(response, 500, { error: 'the service failed' });
  }
}
