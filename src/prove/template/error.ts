/** Why a template is not filled in: it asks for what is not there, or for what Prometheus knows and this does not. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}
