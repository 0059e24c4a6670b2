/** Whether an object has a property of its own: `Object.hasOwn`, which services that compile for ES2020 do not have. */
export function hasOwn(object: object, key: PropertyKey): boolean {
  return Object.prototype.hasOwnProperty.call(object, key);
}
