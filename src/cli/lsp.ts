import type { CommandModule } from 'yargs';
import { today } from './today.js';

interface LspArguments {
  readonly stdio: boolean | undefined;
}

/** `obs-gen lsp`: the language server, over standard input and output. It ends when the editor ends it. */
export const lspCommand: CommandModule<object, LspArguments> = {
  command: 'lsp',
  describe: 'Serve editors: findings as you type, completion, hover, renames and fixes (LSP over stdio)',
  builder: (yargs) =>
    yargs
      .option('stdio', {
        type: 'boolean',
        describe: 'Speak over standard input and output, which it does in any case; editors pass it',
      })
      .example('$0 lsp', 'What an editor runs; docs/editors.md has the settings for several'),
  handler: async () => {
    const { createConnection, ProposedFeatures } = await import('vscode-languageserver/node');
    const { serve } = await import('../language-server/server.js');
    const connection = createConnection(ProposedFeatures.all, process.stdin, process.stdout);
    serve(connection, () => today(process.env));
    connection.listen();
    await new Promise<void>((resolve) => {
      connection.onExit(resolve);
      process.stdin.once('end', resolve);
    });
  },
};
