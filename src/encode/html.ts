declare const brand: unique symbol;

/** HTML that is safe to put into a page: what the functions here return. */
export type Html = string & { readonly [brand]: 'html' };

/** Controls that HTML does not admit, and bidirectional marks, which could turn what people read. */
const forbidden =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]|\p{Surrogate}/gu;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Words as they are, in the content of an element or in a quoted attribute. */
export function htmlText(value: string): Html {
  return value.replace(forbidden, '\ufffd').replace(/[&<>"']/g, (char) => entities[char] ?? char) as Html;
}

/** HTML of our own with values in it: words and numbers are escaped, HTML is not. Not called `html`: formatters rewrite templates of that name. */
export function markup(parts: TemplateStringsArray, ...values: readonly (Html | number)[]): Html {
  return String.raw({ raw: parts.raw }, ...values) as Html;
}

export function joinHtml(parts: readonly Html[], separator = ''): Html {
  return parts.join(separator) as Html;
}

/** Text of ours for the content of `<script>` and `<style>`, in which nothing is escaped. @throws where it would end the element */
export function rawText(value: string): Html {
  if (/<[/!]/.test(value)) throw new Error('bug: this text would end its element');
  return value as Html;
}
