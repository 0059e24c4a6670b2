export class Plain {
  visible = 1;
  #hidden = 2;
  method(): number {
    return this.#hidden;
  }
  get read(): number {
    return 1;
  }
}
