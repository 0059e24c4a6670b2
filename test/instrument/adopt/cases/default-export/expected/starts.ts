import { metrics } from './generated/metrics.js';

export default metrics.startsTotal;
