let self: Generator<number> | undefined;

export function* reentrant(): Generator<number> {
  yield 1;
  self?.next();
}

export function start(): Generator<number> {
  self = reentrant();
  return self;
}
