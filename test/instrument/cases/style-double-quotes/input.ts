import { sep } from "node:path";

export const join = (left: string, right: string): string => left + sep + right;

export class Agent {
  "quoted"(): string {
    return "quoted";
  }
  run(): string {
    return "it's";
  }
}
