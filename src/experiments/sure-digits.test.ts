import { expect, test } from 'vitest';
import { formatSure } from './sure-digits.ts';

test.each([
  // Half of the width is 0.056: the second decimal is doubtful already.
  [
    [0.5711, 0.5151, 0.627],
    ['0.57', '0.52', '0.63'],
  ],
  // Half of the width is 0.009.
  [
    [0.6307, 0.6218, 0.6396],
    ['0.631', '0.622', '0.640'],
  ],
  // Half of the width is 5.5, but a value keeps two digits.
  [
    [5.25, 2.1, 13.1],
    ['5.3', '2.1', '13.1'],
  ],
  [
    [118.4, 74.01, 189.5],
    ['118', '74', '190'],
  ],
  [
    [2, 2, 2],
    ['2.0000', '2.0000', '2.0000'],
  ],
])('%j is told in the digits that its doubt leaves', ([value, low, high], texts) => {
  const told = formatSure({ value: value!, low: low!, high: high! });
  expect([told.value, told.low, told.high]).toEqual(texts);
});
