const starts = require('./starts');

starts.inc();
starts.inc(2);
