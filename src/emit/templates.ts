import Handlebars from 'handlebars';
import { packageFile } from '../package-root.js';

/** An instance of our own: nothing that a program around obs-gen registers can change what is generated. */
const handlebars = Handlebars.create();
handlebars.unregisterHelper('log');

const compiled = new Map<string, Handlebars.TemplateDelegate>();

function templateNamed(name: string): Handlebars.TemplateDelegate {
  let template = compiled.get(name);
  if (template === undefined) {
    template = handlebars.compile(packageFile('templates', `${name}.hbs`), {
      strict: true,
      noEscape: true,
      knownHelpersOnly: true,
    });
    compiled.set(name, template);
  }
  return template;
}

/**
 * Renders `templates/<name>.hbs`. Nothing is escaped here: every string of the spec in the view has been through `src/encode`. A field
 * that the view lacks throws, so a view says `undefined` where there is nothing to show. No partials, and no helpers but Handlebars' own
 * `if`, `unless`, `each`, `with` and `lookup`.
 * @param name without the extension, with `/`: `typescript/metrics`
 * @throws where the template or a field that it names is missing: a bug of ours, never the user's
 */
export function renderTemplate(name: string, view: object): string {
  return templateNamed(name)(view);
}
