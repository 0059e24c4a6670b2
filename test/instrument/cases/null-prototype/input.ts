export function make(): Record<string, number> {
  const made = Object.create(null) as Record<string, number>;
  made['a'] = 1;
  return made;
}

export function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}
