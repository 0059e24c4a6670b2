export class Agent {
  static made = 0;
  static create(): Agent {
    this.made += 1;
    return new this();
  }
  static async later(): Promise<number> {
    return Agent.made;
  }
  create(): string {
    return 'an instance has one too';
  }
}

export class Derived extends Agent {
  static override create(): Derived {
    return super.create() as Derived;
  }
}
