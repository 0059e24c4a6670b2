export class Agent {
  self(): this {
    return this;
  }
  async selfLater(): Promise<this> {
    return this;
  }
  compare(other: Agent): boolean {
    return other === this;
  }
}
