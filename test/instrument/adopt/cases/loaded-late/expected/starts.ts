import { metrics } from './generated/metrics.js';

export default metrics.startsTotal;
export const jobs = metrics.jobsTotal;
