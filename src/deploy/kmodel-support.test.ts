import { expect, it } from 'vitest';
import { maixduino } from '../boards/index.ts';
import { deploy } from './index.ts';

it('a kmodel that this thread has not read is refused in one line', () => {
  const file = { flags: 1, arch: 0, max_start_address: 0, main_mem_usage: 0, outputs: [], layers: [] };
  const model = { format: 'kmodel', version: 3, name: 'x.kmodel', fileBytes: 0, file } as const;
  expect(() => deploy(model, maixduino)).toThrow(
    /^x\.kmodel: is a kmodel that was read in another thread; read its file in this one$/,
  );
});
