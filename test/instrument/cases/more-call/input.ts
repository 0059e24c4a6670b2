class Client {
  readonly name = 'client';
  chat({ model }: { model: string }): Promise<{ tokens: number }> {
    return model === '' ? Promise.reject(new Error('no model')) : Promise.resolve({ tokens: model.length });
  }
}

const embed = (text: string): number => text.length;

export const ask = async (model: string): Promise<number> => {
  const client = new Client();
  const { tokens } = await client.chat({ model });
  return tokens + embed(model);
};
