import type { CallCandidate, FunctionCandidate } from '../candidate.js';
import type { ShapeResult } from '../edit.js';
import type { FileContext } from '../file-context.js';
import type { Chosen } from '../insertion.js';
import { editClass } from '../shapes/classes/index.js';
import { editConsole } from '../shapes/console/index.js';
import { editContext } from '../shapes/context/index.js';
import { editCall, editFunction } from '../shapes/functions/index.js';

/** What the shapes make of each chosen place, in the order given. The members of a class are edited together. */
export function shapesOf(chosen: readonly Chosen[], context: FileContext): readonly ShapeResult[] {
  const results: ShapeResult[] = new Array<ShapeResult>(chosen.length);
  const classes = new Map<NonNullable<FunctionCandidate['classNode']>, number[]>();
  for (const [index, each] of chosen.entries()) {
    if (isCall(each)) {
      results[index] = shapeOfCall(each, context);
      continue;
    }
    const member = each as Chosen<FunctionCandidate>;
    const { classNode } = member.candidate;
    // A function in a class field is edited where it stands, as in a variable.
    if (classNode === undefined || member.candidate.kind === 'expression') {
      results[index] = editFunction(member, context);
      continue;
    }
    const members = classes.get(classNode);
    if (members === undefined) classes.set(classNode, [index]);
    else members.push(index);
  }
  for (const [classNode, members] of classes) {
    const group = members.map((index) => chosen[index] as Chosen<FunctionCandidate>);
    for (const [at, result] of editClass(classNode, group, context).entries())
      results[members[at] as number] = result;
  }
  return results;
}

function shapeOfCall(chosen: Chosen<CallCandidate>, context: FileContext): ShapeResult {
  switch (chosen.insertion.action) {
    case 'console':
      return editConsole(chosen, context);
    case 'context':
      return editContext(chosen, context);
    case undefined:
      return editCall(chosen, context);
  }
}

function isCall(chosen: Chosen): chosen is Chosen<CallCandidate> {
  return chosen.candidate.kind === 'call';
}
