export * from './deep/counters.js';
export { startCounter as begun } from './deep/counters.js';
