export const reads: string[] = [];

export function tricky(): object {
  return {
    get then(): undefined {
      reads.push('then');
      return undefined;
    },
    get constructor(): ObjectConstructor {
      reads.push('constructor');
      return Object;
    },
  };
}

export function proxied(): object {
  return new Proxy(
    {},
    {
      get(_, key) {
        reads.push(`get ${String(key)}`);
        return undefined;
      },
      getPrototypeOf() {
        reads.push('prototype');
        return Object.prototype;
      },
    },
  );
}
