export function Counter(start) {
  this.value = start;
  Counter.made += 1;
}
Counter.made = 0;
Counter.prototype.next = function next() {
  this.value += 1;
  return this.value;
};
