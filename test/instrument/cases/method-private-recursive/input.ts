export class Tree {
  readonly children: Tree[] = [];
  #depth() {
    return 1;
  }
  #walk(): number {
    return this.children.reduce((most, child) => Math.max(most, child.#walk() + 1), this.#depth());
  }
  #untyped(left: number) {
    if (left > 0) this.#untyped(left - 1);
  }
  depth(): number {
    this.#untyped(2);
    return this.#walk();
  }
}
