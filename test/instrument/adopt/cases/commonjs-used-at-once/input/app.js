require('./starts').inc({}, 2);
