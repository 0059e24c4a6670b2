import { defineCheck, type Context } from '../check.js';
import { query } from '../prometheus.js';
import { counted, failed, notThere, ok, type Outcome } from '../verdict.js';

/** Whether notifications leave Alertmanager, from what it counts: it asks its receivers, and they answer. */
async function run(context: Context): Promise<Outcome> {
  const [failures, total] = await Promise.all([
    query(context, 'sum by (integration) (increase(alertmanager_notifications_failed_total[15m])) > 0'),
    query(context, 'sum(alertmanager_notifications_total)'),
  ]);
  if (total.length === 0) return notThere('Prometheus does not scrape Alertmanager');
  if (failures.length > 0)
    return failed(
      `notifications fail over ${counted(failures.length, 'channel')}`,
      'read the log of Alertmanager, which has the answer of the receiver: a secret that is missing or old, an address that cannot be reached',
      failures.map(
        ({ labels, value }) => `${labels.get('integration') ?? ''}: ${Math.round(value)} in 15 min`,
      ),
    );
  return ok(`no notification has failed in 15 min, of ${Math.round(total[0]?.value ?? 0)} since the start`);
}

export const alertSendingCheck = defineCheck({
  id: 'alert.sending',
  question: 'Do notifications leave Alertmanager?',
  needs: ['prometheus', 'alertmanager'],
  run,
});
