import { metrics } from '../generated/metrics.js';

const starts = metrics.startsTotal;
export { starts as startCounter };
