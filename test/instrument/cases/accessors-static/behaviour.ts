import type { Recorder } from '../recorder.js';
import { Settings } from './input.js';

export default function behaviour(record: Recorder): void {
  Settings.level += 2;
  record.value('level', Settings.level);
  record.property('level', Settings, 'level');
}
