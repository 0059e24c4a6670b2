import type { CommandModule } from 'yargs';
import { packageFile } from '../package-root.js';
import { print } from './terminal.js';

/** `obs-gen schema`: the JSON Schema of the language, for editors that know YAML and JSON Schema. */
export const schemaCommand: CommandModule = {
  command: 'schema',
  describe: 'Print the JSON Schema of observability.yaml, for editors',
  builder: (yargs) =>
    yargs.example('$0 schema > observability.schema.json', 'docs/editors.md says what to do with it'),
  handler: () => {
    print(packageFile('schemas', 'observability.v1.schema.json'));
  },
};
