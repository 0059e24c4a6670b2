import type { Model } from '../../model/model.js';
import type { Stack } from '../../model/stack.js';
import { images, imagesDate } from '../../stack/images.js';
import { partsOf, type PartName } from '../../stack/parts.js';
import { generatedHeader } from '../header.js';

/** The variable that names the image of a part. Both layers of Collectors are of one image. */
export function imageVariable(part: PartName): string {
  return `${part === 'balancer' ? 'COLLECTOR' : part.toUpperCase()}_IMAGE`;
}

/** The images of a stack, one on a line, as an environment file; a program that looks for newer ones finds them by the comments. */
export function versionsFile(model: Model, stack: Stack): string {
  const lines = partsOf(model, stack)
    .filter((part) => part !== 'balancer')
    .flatMap((part) => {
      const { repository, tag } = images[part];
      const note =
        part === 'gpu'
          ? '# Made from what `obs-gen gpu --write-recipes DIR` writes.'
          : `# renovate: datasource=docker depName=${repository}`;
      return [note, `${imageVariable(part)}=${repository}:${tag}`];
    });
  return [
    `# ${generatedHeader}`,
    `# Images of the stack, at their releases of ${imagesDate}: what came out since is not looked up.`,
    ...lines,
    '',
  ].join('\n');
}
