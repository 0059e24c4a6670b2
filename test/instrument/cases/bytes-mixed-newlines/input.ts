export function one(): number {
  return 1;
}

export class Two {
  run(): number {
    return 2;
  }
}
