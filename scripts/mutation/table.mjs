/** One folder's outcome: a fault that makes the tests fail, or run on for ever, is noticed. */
export function row(folder, faults, results) {
  const count = (...statuses) => results.filter(({ status }) => statuses.includes(status)).length;
  const noticed = count('Killed', 'Timeout');
  const unnoticed = count('Survived', 'NoCoverage');
  const tried = noticed + unnoticed;
  return {
    folder,
    faults,
    tried,
    noticed,
    unreached: count('NoCoverage'),
    score: tried === 0 ? 0 : noticed / tried,
  };
}

export function table(rows) {
  const lines = rows.map(
    ({ folder, faults, tried, noticed, unreached, score }) =>
      `| \`src/${folder}\` | ${faults.toLocaleString('en')} | ${tried} | ${noticed} | ${unreached} | ${(score * 100).toFixed(1)} % |\n`,
  );
  return `| folder | faults there are | tried | noticed | reached by no test | score |\n|---|--:|--:|--:|--:|--:|\n${lines.join('')}`;
}
