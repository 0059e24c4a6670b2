import type { CiSystem } from '../../init/ci-file.js';
import type { PackageManager } from '../../init/folder-facts.js';

/** What `obs-gen init` is asked for; what is left out is asked, or decided by what the folder says. */
export interface InitArguments {
  readonly folder: string;
  readonly preset: readonly string[] | undefined;
  readonly name: string | undefined;
  readonly owner: string | undefined;
  readonly 'from-metrics': readonly string[] | undefined;
  readonly 'from-code': readonly string[] | undefined;
  readonly ci: CiSystem | undefined;
  readonly 'package-manager': PackageManager | undefined;
  readonly editor: 'vscode' | 'none';
  readonly yes: boolean | undefined;
  readonly 'dry-run': boolean | undefined;
}
