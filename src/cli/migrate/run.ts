import { resolve } from 'node:path';
import { migrate, type Migrated } from '../../migrate/migrate.js';
import { diskFiles } from '../../spec/layers/imports.js';
import { languageVersion } from '../../spec/version.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import type { MigrateArguments } from '../migrate.js';
import { report } from '../report.js';
import { specPaths } from '../specs.js';
import { print, printError } from '../terminal.js';
import { showDiff, write } from '../validate/fix.js';

type Changed = Extract<Migrated, { readonly kind: 'changed' }>;

async function carryOut(spec: string, changed: Changed, args: MigrateArguments): Promise<ExitCode> {
  const steps = changed.steps.map((step) => `  ${step}\n`).join('');
  if (args['dry-run'] === true) {
    await showDiff(changed.files, { format: 'pretty' });
    print(`${spec} would be migrated to version ${languageVersion}:\n${steps}`);
    return exitCodes.fine;
  }
  if (args.check === true) {
    printError(`${spec} is to be migrated to version ${languageVersion}; run \`obs-gen migrate\`:\n${steps}`);
    return exitCodes.findings;
  }
  const refusals = await write(changed.files);
  await report(refusals, { format: 'pretty' });
  if (refusals.length > 0) return exitCodes.findings;
  print(`${spec} migrated to version ${languageVersion}:\n${steps}`);
  return exitCodes.fine;
}

async function runOne(spec: string, args: MigrateArguments): Promise<ExitCode> {
  const migrated = migrate(diskFiles, resolve(spec));
  switch (migrated.kind) {
    case 'current':
      print(`${spec} is of version ${languageVersion}, the newest: there is nothing to migrate\n`);
      return exitCodes.fine;
    case 'newer':
      printError(
        `${spec} is of version ${migrated.version}, and this obs-gen knows versions up to ${languageVersion}: install a newer obs-gen\n`,
      );
      return exitCodes.findings;
    case 'unknown':
      printError(
        `${spec} says \`version: ${migrated.version}\`, which was never a version; write \`version: ${languageVersion}\` and run \`obs-gen validate\`\n`,
      );
      return exitCodes.findings;
    case 'unreadable':
      await report(migrated.diagnostics, { format: 'pretty' });
      return exitCodes.findings;
    case 'changed':
      return carryOut(spec, migrated, args);
  }
}

/** Migrates the specs one after the other; 1 where one could not be, or with `--check` is to be. */
export async function runMigrate(args: MigrateArguments): Promise<ExitCode> {
  let worst: ExitCode = exitCodes.fine;
  for (const spec of specPaths(args.spec)) {
    const exitCode = await runOne(spec, args);
    if (exitCode > worst) worst = exitCode;
  }
  return worst;
}
