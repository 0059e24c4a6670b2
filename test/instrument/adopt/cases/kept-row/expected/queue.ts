import { metrics } from './generated/metrics.js';

const depth = metrics.queueDepth;
const duration = metrics.httpRequestDurationSeconds;
const mail = depth.with({ queue: 'mail' });
const index = duration.with({ method: 'GET', route: '/' });

export class Mailer {
  private readonly row = depth.with({ queue: 'letters' });

  send(): void {
    mail.inc();
    this.row.dec(2);
    const end = index.startTimer();
    end();
    mail.set(0);
  }
}
