/**
 * Spans in functions, function expressions, methods of object literals, and calls.
 *
 * What is inserted, with `A` for `spans.x` or `spans.x, { attribute: 'path' }` or `{ span: spans.x, … }` and the attributes, `N` for
 * the name as a string. Everything else of the file stays as it is.
 *
 * assignment
 * - `(f as unknown) = traceFunction(A, N, f);` on a line of its own, directly below the declaration; in files without semicolons
 *   `;(f as unknown) = traceFunction(A, N, f)`. The line begins with the line end before it and the indentation of the declaration.
 *   A semicolon at its end stands also where the next line would go on with the call, or code follows on the same line.
 * - the same with `f = traceFunction(A, N, f);` in JavaScript; in TypeScript that becomes CommonJS (and JavaScript with `@ts-check`)
 *   with the line `// @ts-expect-error: a function is given its traced form` above it.
 * - the same line on top of the block, behind its directives and imports, where earlier code may call the function.
 * - `export default function () {}` is named ` defaultFunction` (with `_` in front where that is taken) behind `function` or `*`;
 *   N is then `'default'`.
 *
 * wrapped function
 * - `traceFunction(A, N, ` before and `)` behind a function expression; `) ;` where the next line would go on with the call.
 *
 * wrapped body; R is `, { this: this, args: [a, { b }] }` or nothing, T the declared result (`: boolean` and `: void` for predicates and
 * assertions) or nothing
 * - arrows that return something: `traceCall(AR, ()T => ` before the body and `)` (or `) ;`) behind it.
 * - all else: ` return traceCall(AR, ()T => {` behind the opening brace, `}); ` (`}) ` without semicolons) before the closing one;
 *   without `return ` in setters, and in functions and arrows with a block that return nothing.
 * - async functions stay so, and have `await traceCall(AR, async ()T => `.
 *
 * wrapped member
 * - `traceMember(A, ` before the object; `.name` becomes `, 'name')`. What stands between the object and the dot stays.
 * - `traceFunction(A, 'f', ` before and `)` behind the name of a function that is called, itself followed by the arguments.
 *
 * An empty comment stands before a helper where a word ends there: `return"a".concat(b)`.
 *
 * A function that shows its own text (`toString`) shows the one of its traced form.
 */
export { editCall } from './edit-call.js';
export { editFunction } from './edit-function.js';
