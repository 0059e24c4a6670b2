function scripted(): string {
  return 'scripted';
}

(globalThis as Record<string, unknown>)['scripted'] = scripted();
