export const KEY_TAG = 'inferscope.sweep';
export const BATCH_TAG = 'inferscope.batch';

/** What the file of a batch says of itself. */
export function partTags(key: string, batch: number): Record<string, string> {
  return { [KEY_TAG]: key, [BATCH_TAG]: String(batch) };
}
