import type { Recorder } from '../recorder.js';
import { Vault } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  const vault = new Vault('gold');
  await record('opens', () => vault.open('key'));
  await record('does not', () => vault.open('other'));
  await record('empty', () => new Vault('').open(''));
  await record('letters', () => vault.letters());
  await record('methods', () => vault.methods());
  record.value('is', [Vault.isVault(vault), Vault.isVault({})]);
  record.value('keys', Reflect.ownKeys(vault));
  record.value('prototype', Reflect.ownKeys(Vault.prototype));
}
