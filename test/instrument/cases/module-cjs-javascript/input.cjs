'use strict';

const path = require('node:path');
const { other } = require('./other.cjs');

function run(text) {
  return path.basename(text) + other();
}

const later = async (text) => run(text);

class Agent {
  #name = 'agent';
  run() {
    return this.#name;
  }
}

module.exports = { run, later, Agent, inline(text) { return text; } };
module.exports.added = function (text) {
  return `${text} added`;
};
exports.lost = () => 'lost';
