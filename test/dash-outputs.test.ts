import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runCommand } from './support/run-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'inferscope-dash-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'x.py'), '');
writeFileSync(join(folder, 'x.lua'), '');

test.each([
  'convert paper:2 --to kmodel --out -',
  'sweep --filters 1:2 --svg -',
  'sweep --filters 1:2 --parquet -',
  'sweep --filters 1:2 --out -',
  'predict paper:2 --board maixduino --node-data -',
  'memory paper:2 --board maixduino --svg -',
  'lab paper:2 --out -',
  'reproduce --out -',
  'exec FOLDER/x.py --board openmv-h7-plus --out -',
  'exec FOLDER/x.py --board openmv-h7-plus --vcd -',
  'lua FOLDER/x.lua --out -',
])('%s writes neither to standard output nor into a file called "-"', async (line) => {
  const { code, err } = await runCommand(...line.replace('FOLDER', folder).split(' '));
  const isThere = existsSync('-');
  rmSync('-', { recursive: true, force: true });
  expect([code, isThere, err]).toEqual([
    2,
    false,
    'inferscope: "-" is standard output, which cannot be written here; name a file or folder\n',
  ]);
});
