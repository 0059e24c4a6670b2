import { metrics } from './generated/metrics.js';

const gauge = metrics.queueDepth;
export default gauge;
