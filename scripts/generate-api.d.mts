/** The public API of every entry point of the package as Markdown, by the name of its file below api/. */
export function apiReports(): Map<string, string>;
