import client from 'prom-client';

export const requests = new client.Counter<'method' | 'status'>({
  name: 'http_requests_total',
  help: 'Requests that were answered.',
  labelNames: ['status', 'method'],
});

export const answered = (status: string, method: string): void => {
  requests.labels(status, method).inc();
};
