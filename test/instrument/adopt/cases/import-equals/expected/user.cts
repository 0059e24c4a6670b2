import starts = require('./app.cjs');

starts.inc(2);
