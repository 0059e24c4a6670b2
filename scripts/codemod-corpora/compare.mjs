/** Type errors of `tsc`, without their lines, which move. */
export function errorsOf(output) {
  return output
    .split('\n')
    .map((line) => /^(.+?)\(\d+,\d+\): error (TS\d+): (.*)$/.exec(line))
    .filter((found) => found !== null)
    .map(([, file, code, message]) => `${file}: ${code} ${message}`);
}

/** What is in the second list more often than in the first. */
export function newErrors(before, after) {
  const left = new Map();
  for (const error of before) left.set(error, (left.get(error) ?? 0) + 1);
  return after.filter((error) => {
    const count = left.get(error) ?? 0;
    if (count > 0) left.set(error, count - 1);
    return count === 0;
  });
}

/** How each test ended, of vitest's JSON. */
export function readReport({ testResults }, folder) {
  const tests = {};
  const failures = {};
  for (const { name, status, message, assertionResults } of testResults) {
    const file = name.replace(`${folder}/`, '');
    if (assertionResults.length === 0) {
      tests[file] = status;
      failures[file] = message;
    }
    for (const { fullName, status: each, failureMessages } of assertionResults) {
      let key = `${file} > ${fullName}`;
      while (key in tests) key += ' again';
      tests[key] = each;
      if (each === 'failed') failures[key] = failureMessages.join('\n').slice(0, 2000);
    }
  }
  return { tests, failures };
}

/** Names of tests that come and go without the codemod, and of those that end otherwise after it. */
export function compareTests({ alone, tests: before }, after, isPart) {
  const names = new Set([...(isPart ? [] : Object.keys(before.tests)), ...Object.keys(after.tests)]);
  const changed = [];
  const flaky = [];
  for (const name of names) {
    const was = before.tests[name];
    if (after.tests[name] === was) continue;
    // With the SDK alone, tests of a codebase's own tracing may end otherwise: those are no finding.
    if (alone.tests[name] === after.tests[name]) flaky.push(name);
    else changed.push(name);
  }
  return { changed, flaky };
}

/** A test, how it ended before and after, and what it said. */
export function described(name, before, after) {
  const said = (after.failures[name] ?? '').split('\n').slice(0, 6).join('\n    ');
  return `test ${before.tests[name] ?? 'absent'} -> ${after.tests[name] ?? 'absent'}: ${name}\n    ${said}`;
}

/** How many tests ended in each way. */
export function counted({ tests }) {
  const counts = { passed: 0, failed: 0 };
  for (const status of Object.values(tests)) if (status in counts) counts[status] += 1;
  return counts;
}
