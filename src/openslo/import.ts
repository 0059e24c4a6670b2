import type { SourceFile } from '../diagnostics/source-file.js';
import { printYaml } from '../encode/yaml.js';
import { documentsOf } from './document.js';
import { SliImport } from './import-sli.js';
import { SloImport } from './import-slo.js';
import { Library } from './library.js';
import type { Note } from './notes.js';

/** What came of OpenSLO documents. */
export interface Imported {
  /** A fragment of a spec: external, slis, slos; undefined where something could not be converted. */
  readonly spec: string | undefined;
  readonly notes: readonly Note[];
}

const header = `Imported from OpenSLO by obs-gen. Put it into your spec, or list the file under \`imports\`. The metrics are declared as those
of others, which queries may use: move what your own code counts to \`metrics\`.`;

/** What is told of the service that the objectives are about. */
function noteServices(library: Library): void {
  const slos = library.all('SLO');
  const named = slos.flatMap((slo) => slo.get('spec', 'service') ?? []);
  const names = [...new Set(named.map(({ text }) => text))];
  const [first] = named;
  if (first !== undefined && names.length > 1)
    library.note('lost', first, `objectives of ${names.length} services: a spec is about one`);
  for (const slo of slos) {
    const labels = slo.get('metadata', 'labels');
    const others = (labels?.keys ?? []).filter((key) => key !== 'owner' && key !== 'team');
    if (labels !== undefined && others.length > 0)
      library.note('lost', labels, `the labels ${others.join(', ')} of the document`);
  }
}

/**
 * Turns OpenSLO v1 documents into a fragment of a spec.
 * @param sources files of one or more documents each, which may refer to one another
 */
export function importOpenSlo(sources: readonly SourceFile[]): Imported {
  const read = sources.map(documentsOf);
  const library = new Library(read.flatMap(({ items }) => items));
  const sliImport = new SliImport(library);
  const sloImport = new SloImport(library, sliImport);
  for (const slo of library.all('SLO')) sloImport.add(slo);
  noteServices(library);
  const notes = [...read.flatMap((each) => each.notes), ...library.notes];
  const [first] = sources;
  if (library.all('SLO').length === 0 && notes.every(({ kind }) => kind !== 'error'))
    notes.push({
      kind: 'error',
      where: first?.path ?? 'the files',
      message: 'there is no SLO in these files',
    });
  if (notes.some(({ kind }) => kind === 'error')) return { spec: undefined, notes };
  const { external } = sliImport;
  const spec = printYaml(
    {
      external: external.size === 0 ? undefined : external,
      slis: sloImport.slis,
      slos: sloImport.slos,
    },
    header,
  );
  return { spec, notes };
}
