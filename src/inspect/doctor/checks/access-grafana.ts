import { defineCheck, type Context } from '../check.js';
import { basic } from '../credentials.js';
import { failed, ok, type Outcome } from '../verdict.js';

/** Once only: Grafana shuts a user out who has been wrong five times in five minutes. */
async function run(context: Context): Promise<Outcome> {
  const [anonymous, everybodys] = await Promise.all([
    context.ask('grafana', '/api/search?limit=1', { anonymous: true }),
    context.ask('grafana', '/api/user', {
      anonymous: true,
      headers: { authorization: basic('admin', 'admin') },
    }),
  ]);
  if (everybodys.status === 200)
    return failed(
      'Grafana lets in admin with the password admin',
      'give it another one: `grafana cli admin reset-admin-password`; the stack sets a random one at the first start',
    );
  if (anonymous.status === 200)
    return failed(
      'Grafana shows its dashboards to whoever asks',
      'set GF_AUTH_ANONYMOUS_ENABLED=false, as the stack does',
    );
  return ok(`it refuses whoever has no name (${anonymous.status}), and admin/admin (${everybodys.status})`);
}

export const accessGrafanaCheck = defineCheck({
  id: 'access.grafana',
  question: 'Does Grafana refuse whoever has no name, and admin/admin?',
  needs: ['grafana'],
  run,
});
