import { metrics } from './generated/metrics.js';

export class Queue {
  constructor() {
    this.depth = metrics.queueDepth;
    this.starts = metrics.startsTotal;
  }

  add(/** @type {string} */ queue) {
    this.depth.inc({ queue });
    this.starts.inc(2);
  }
}
