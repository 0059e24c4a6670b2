/** The files of the project that the commands of the documents are run in, by path. */
export const projectFiles: Readonly<Record<string, string>>;
/** A page of metrics as its service exposes it. */
export const page: string;
