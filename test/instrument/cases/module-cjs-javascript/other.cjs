exports.other = function other() {
  return ' other';
};
