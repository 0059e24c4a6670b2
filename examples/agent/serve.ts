import { configFromEnvironment } from './config.js';
import { startService } from './service.js';

/** Runs the service until it is told to stop. */
const service = await startService(configFromEnvironment(process.env));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void service.stop());
