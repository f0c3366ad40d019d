import { expect, test } from 'vitest';
import { tempFolder } from '../../../test/support/temp-folder.ts';
import { calibrateBoardFile } from './calibrate-board-file.ts';

const folder = tempFolder();
const refusal = (measured: string, out?: string) =>
  calibrateBoardFile({ board: 'openmv-h7-plus', measured, out } as never).then(
    () => 'no error',
    (error: Error) => error.message,
  );

test('what is wrong with the table begins with its path, a file that is not there with its path once', async () => {
  const empty = folder.write('empty.csv', 'a,b\n');
  expect(await refusal(empty)).toMatch(new RegExp(`^${empty}: no column model, latency_ms`));
  expect(await refusal(`${folder.path}/none.csv`)).toBe(`${folder.path}/none.csv: no such file`);
});

test('a board that cannot be written is not blamed on the table', async () => {
  const mine = folder.write('mine.csv', 'model,latency_ms\npaper:4,0.6\n');
  expect(await refusal(mine, `${folder.path}/no/fitted.json`)).toMatch(
    new RegExp(`^${folder.path}/no/fitted.json: cannot be written`),
  );
});
