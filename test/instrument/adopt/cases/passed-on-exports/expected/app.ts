import { begun as first, startCounter } from './index.js';
import * as all from './index.js';

first.inc(1);
startCounter.inc(2);
all.begun.inc(3);
all['startCounter'].inc(4);
