export { Counter, Gauge as LevelGauge } from 'prom-client';
export * as prom from 'prom-client';
