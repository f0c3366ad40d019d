import { expect, test } from 'vitest';
import { maixduino } from '../../maixduino.ts';
import type { CoreUnit } from '../../board/board.ts';

test('a dense layer of MaixPy takes 600 cycles a call and 20 an output beside its loop', () => {
  const core = maixduino.units.find((unit): unit is CoreUnit => unit.kind === 'core')!;
  const rows = core.costs.filter(({ op }) => op === 'FullyConnected');
  expect(rows.length).toBeGreaterThan(1);
  for (const { coreCycles } of rows) expect(coreCycles).toEqual({ outChannels: 20, '1': 600 });
});
