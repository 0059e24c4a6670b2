export const Agent = class {
  run(): string {
    return 'anonymous';
  }
};

export const Named = class Inner {
  run(): string {
    return Inner.name;
  }
  static make(): Inner {
    return new Inner();
  }
};

export const classes = [
  class {
    run(): string {
      return 'in an array';
    }
  },
];

export function mixin<T extends new (...args: any[]) => object>(Base: T) {
  return class extends Base {
    mixed(): string {
      return 'mixed';
    }
  };
}

export const inline = new (class {
  run(): string {
    return 'inline';
  }
})();
