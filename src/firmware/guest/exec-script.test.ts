import { afterEach, expect, it, vi } from 'vitest';
import { maixduino } from '../../boards/index.ts';
import { execScript } from './exec-script.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

it('a process that runs many scripts compiles MicroPython once', async () => {
  const compile = vi.spyOn(WebAssembly, 'compile');
  const outputs: string[] = [];
  for (const text of ['one', 'two']) {
    const script = { name: 'main.py', source: `print('${text}')` };
    outputs.push((await execScript({ board: maixduino, script })).stdout);
  }
  expect(outputs).toEqual(['one\n', 'two\n']);
  expect(compile).toHaveBeenCalledTimes(1);
});
