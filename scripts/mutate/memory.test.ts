import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { Memory } from './memory.ts';

const folder = mkdtempSync(join(tmpdir(), 'memory-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a new run knows what an interrupted one found, but for a line that was cut off', () => {
  const file = join(folder, 'deep', 'results.jsonl');
  const first = new Memory(file);
  first.put('a', { kind: 'passed' });
  first.put('a', { kind: 'failed' });
  first.put('b', 1);
  appendFileSync(file, '{"key":"c","val');
  const second = new Memory(file);
  expect([second.get('a'), second.get('b'), second.get('c')]).toEqual([{ kind: 'failed' }, 1, undefined]);
  expect(new Memory(file, true).get('a')).toBeUndefined();
});
