import { metrics } from '../../generated/metrics';
import { limit } from '@/limits';

export const starts = metrics.startsTotal;
starts.inc(limit);
