import { configFromEnvironment } from './config.js';
import { startService } from './service.js';

/** Runs the service until it is told to stop. */
const service = await startService(configFromEnvironment(process.env));
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    // An exporter that still tries to reach a collector does not hold the end up.
    void service.stop().then(() => process.exit());
  });
}
