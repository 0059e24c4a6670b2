const { inspect } = require('node:util');

async function run(value) {
  console.log(inspect(value));
  return [value].map((each) => (console.warn('each'), each));
}

module.exports = { run };
