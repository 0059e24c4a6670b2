export class Plain {
  run(text: string): string {
    return text;
  }
}

export class Counted {
  run(text: string): string {
    return text;
  }
}

export class Bare {
  static run(text: string): string {
    return text;
  }
}
