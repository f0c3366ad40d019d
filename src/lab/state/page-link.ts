import { experimentFragment, traceHashesOf } from 'inferscope/experiments';
import { answer, experiment, lesson } from './lab-store.ts';

/** Hashes of what stands now. */
export const hashesNow = (): string[] => traceHashesOf(answer.value ?? { boards: [] });

/** The address that shows what stands now. */
export function linkOf(): string {
  const query = lesson.value === undefined ? '' : `?lesson=${lesson.value}`;
  const place = `${location.origin === 'null' ? 'file://' : location.origin}${location.pathname}`;
  return `${place}${query}${experimentFragment(experiment.value, hashesNow())}`;
}
