/** Whether what came is a page for people: a login, an error of a proxy. */
export function isHtml(text: string, contentType?: string): boolean {
  return (
    contentType?.includes('text/html') === true ||
    /^\s*<(?:!doctype|html|head|body|\?xml)\b/i.test(text.slice(0, 500))
  );
}
