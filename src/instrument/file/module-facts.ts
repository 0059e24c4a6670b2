import { ts } from 'ts-morph';
import type { PlanSettings } from './file-plan.js';
import { folderOf, type FolderFacts } from './folder-facts.js';
import { isRequire } from './import-place.js';

const { isExternalModule } = ts;

/** What a file is for the compiler and for Node. */
export interface ModuleFacts {
  readonly isTyped: boolean;
  /** Whether it runs as CommonJS, compiled or as it is. */
  readonly isCommonJs: boolean;
  /** How it takes a module in: by `import { }`, by `import x = require()`, by `require()`; undefined: it is a script. */
  readonly importForm: 'import' | 'import equals' | 'require' | undefined;
  readonly folder: FolderFacts;
}

const { ModuleKind, ModuleDetectionKind } = ts;

/** Reads a file's kind off its name, its statements, and the configuration around it. */
export function moduleFacts(source: ts.SourceFile, path: string, settings: PlanSettings): ModuleFacts {
  const folder = folderOf(path, settings);
  const extension = path.slice(path.lastIndexOf('.'));
  const isTyped = extension.includes('t');
  const facts = isTyped ? typedFacts(source, extension, folder) : plainFacts(source, extension, folder);
  return { ...facts, isTyped, folder };
}

type Form = Pick<ModuleFacts, 'isCommonJs' | 'importForm'>;

function typedFacts(source: ts.SourceFile, extension: string, folder: FolderFacts): Form {
  const isCommonJs = isTypedCommonJs(extension, folder);
  const isModule =
    isExternalModule(source) ||
    extension === '.mts' ||
    extension === '.cts' ||
    folder.options?.moduleDetection === ModuleDetectionKind.Force ||
    (isNodeModule(folder) && folder.packageType === 'module');
  if (!isModule) return { isCommonJs, importForm: undefined };
  // There, `import { }` is an error in a CommonJS file.
  const isEquals = isCommonJs && folder.options?.verbatimModuleSyntax === true;
  return { isCommonJs, importForm: isEquals ? 'import equals' : 'import' };
}

function isTypedCommonJs(extension: string, { options, packageType }: FolderFacts): boolean {
  if (extension === '.cts') return true;
  if (extension === '.mts') return false;
  if (isNodeModule({ options })) return packageType !== 'module';
  const module = options?.module;
  if (module !== undefined) return module < ModuleKind.ES2015;
  if (options === undefined) return packageType !== 'module';
  // Without `module` it follows from the target, and without that from the compiler's version.
  return options.target === undefined || options.target < ts.ScriptTarget.ES2015;
}

/** Whether module kinds are those of Node, which go by the extension and the package. */
export function isNodeModule({ options }: Pick<FolderFacts, 'options'>): boolean {
  const module = options?.module;
  return module !== undefined && module >= ModuleKind.Node16 && module <= ModuleKind.NodeNext;
}

function plainFacts(source: ts.SourceFile, extension: string, { packageType }: FolderFacts): Form {
  if (extension === '.mjs' || isExternalModule(source)) return { isCommonJs: false, importForm: 'import' };
  if (extension === '.cjs' || speaksCommonJs(source)) return { isCommonJs: true, importForm: 'require' };
  if (packageType === 'module') return { isCommonJs: false, importForm: 'import' };
  return { isCommonJs: true, importForm: undefined };
}

/** Whether a script takes modules in or hands something out as CommonJS does. */
function speaksCommonJs(source: ts.SourceFile): boolean {
  if (source.statements.some(isRequire)) return true;
  const { text } = source;
  return text.includes('module.exports') || /(?:^|[;\s])exports\.\w/.test(text);
}
