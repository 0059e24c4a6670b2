export async function crash(): Promise<void> {
  throw new Error('nobody listens');
}

export const crashLater = async (): Promise<void> => {
  await null;
  throw new Error('nobody listens here either');
};
