export async function run(): Promise<void> {
  const { default: starts, jobs } = await import('./starts.js');
  starts.inc(1);
  jobs.inc({ outcome: 'ok' });
  (await import('./starts.js')).default.inc(2);
}
