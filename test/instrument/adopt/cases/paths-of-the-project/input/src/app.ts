import { starts } from '@/deep/metrics';

starts.inc({}, 2);
