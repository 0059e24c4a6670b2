export const Queue = function () {
  this.items = [];
};
Queue.prototype.add = function (item) {
  this.items.push(item);
  return this;
};
export const Inherited = function Inherited() {
  Queue.call(this);
};
Inherited.prototype = Object.create(Queue.prototype, { constructor: { value: Inherited } });
