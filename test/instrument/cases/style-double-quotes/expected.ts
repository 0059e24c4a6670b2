import { sep } from "node:path";
import { spans, traceFunction, traceMethod } from "./generated/instrument.js";

export const join = traceFunction(spans.expressionCall, "join", (left: string, right: string): string => left + sep + right);

export class Agent {
  static {
    traceMethod(spans.methodCall, this.prototype, "quoted");
    traceMethod(spans.methodCall, this.prototype, "run");
  }

  "quoted"(): string {
    return "quoted";
  }
  run(): string {
    return "it's";
  }
}
