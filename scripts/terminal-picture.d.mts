/** The picture of a terminal, as SVG. */
export function terminalPicture(command: string, output: string, title: string): string;
