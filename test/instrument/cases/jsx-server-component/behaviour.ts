import type { Recorder } from '../recorder.js';
import Page, { generateStaticParams } from './input.js';

type Form = { props: { action: (text: string) => Promise<string> } };

export default async function behaviour(record: Recorder): Promise<void> {
  const page = (await Page({ params: Promise.resolve({ id: '7' }) })) as unknown as Form;
  await record('save', () => page.props.action('a'));
  await record('parameters', () => generateStaticParams());
}
