export const wait = async (): Promise<void> => undefined;
