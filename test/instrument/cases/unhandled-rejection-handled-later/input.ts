export async function crash(): Promise<void> {
  throw new Error('somebody listens late');
}

export async function fine(): Promise<string> {
  throw new Error('somebody listens at once');
}
