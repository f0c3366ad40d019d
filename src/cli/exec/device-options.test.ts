import { expect, test } from 'vitest';
import { tempFolder } from '../../../test/support/temp-folder.ts';
import { readDeviceOptions } from './device-options.ts';

const { write } = tempFolder();

test('devices of several files are wired side by side', async () => {
  const chip = write('chip.json', '{"bus": "i2c", "address": 8}');
  const line = write('line.json', '[{"bus": "uart"}]');
  expect((await readDeviceOptions([chip, line])).map(({ bus }) => bus)).toEqual(['i2c', 'uart']);
});

test.each([
  ['no JSON', ['{"bus": '], /a\.json: is not JSON/],
  [
    'one device in two files',
    ['{"bus": "uart"}', '{"bus": "uart"}'],
    /^--device: two devices are at the other end/,
  ],
])('%s is one line', async (_, texts, message) => {
  const paths = texts.map((text, index) => write(`${'ab'[index]}.json`, text));
  await expect(readDeviceOptions(paths)).rejects.toThrow(message);
});
