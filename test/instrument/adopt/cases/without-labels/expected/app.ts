import { metrics } from './generated/metrics.js';

const starts = metrics.startsTotal;
const open = metrics.openConnections;
const parsing = metrics.parseDurationSeconds;

starts.inc(5);
starts.inc(/* none *//* five */ 5);
starts.inc();
starts.inc(3);
open.set(4);
open.dec();
open.setToCurrentTime();
parsing.observe(0.5);
const end = parsing.startTimer();
const seconds: number = end();
open.set(seconds);
