import { Gauge, Histogram } from 'prom-client';

const depth = new Gauge({ name: 'queue_depth', help: 'Jobs that wait.', labelNames: ['queue'] });
const duration = new Histogram({
  name: 'http_request_duration_seconds',
  help: 'How long requests took.',
  labelNames: ['method', 'route'],
  buckets: [0.1, 0.5, 1, 5],
});
const mail = depth.labels('mail');
const index = duration.labels({ method: 'GET', route: '/' });

export class Mailer {
  private readonly row = depth.labels('letters');

  send(): void {
    mail.inc();
    this.row.dec(2);
    const end = index.startTimer();
    end();
    mail.set(0);
  }
}
