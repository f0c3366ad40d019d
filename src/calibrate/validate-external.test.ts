import { expect, test } from 'vitest';
import { schemaErrors } from '../../test/support/schemas.ts';
import { validateExternal } from './validate-external.ts';

const HEADER =
  'id,board,soc,core,clock_mhz,framework,kernels,dtype,model,model_desc,replay,op,latency_ms,grade';
const line = (board: string, core: string, model: string, ms: number) =>
  `x-${board}-${model},${board},,${core},120,X-CUBE-AI 9.0.0,X-CUBE-AI,int8,${model},,full,model,${ms},A`;
const table = (...lines: string[]) => [HEADER, ...lines].join('\n');

test('rows that ship are judged by kind, and the document is that of its schema', () => {
  const document = validateExternal();
  expect(schemaErrors('validate-external', document)).toEqual([]);
  const ids = [...document.rows.map(({ id }) => id), ...document.skipped.map(({ id }) => id)];
  expect(new Set(ids).size).toBe(882);
  expect(document.total!.medianPercent).toBeLessThan(document.baselines.cyclesPerMac!.medianPercent);
});

test('a row says how much of it was measured before', () => {
  const { rows } = validateExternal({
    csv: table(
      line('NUCLEO-L4R5ZI', 'Cortex-M4', 'resnet8-cifar10', 165),
      line('NUCLEO-L4R5ZI', 'Cortex-M4', 'mbv1-0.25-128', 165),
      line('My board', 'Cortex-M4', 'resnet8-cifar10', 165),
      line('My board', 'Cortex-A9', 'resnet8-cifar10', 165),
    ),
  });
  expect(rows.map(({ status }) => status)).toEqual(['fitted', 'new-network', 'new-board', 'estimate']);
  const widths = rows.map(({ lowMs, highMs }) => highMs / lowMs);
  expect(widths).toEqual([...widths].sort((a, b) => a - b));
});

test('a network that is held out is predicted nearer than by constant cycles a MAC', () => {
  const rows = table(line('NUCLEO-L4R5ZI', 'Cortex-M4', 'resnet8-cifar10', 165.125));
  const { rows: held, baselines } = validateExternal({ csv: rows, heldOut: 'network' });
  expect(held[0].status).toBe('new-network');
  expect(Math.abs(held[0].predictedMs / 165.125 - 1)).toBeLessThan(
    baselines.cyclesPerMac!.medianPercent / 100,
  );
});

test('energy is power times time, in microjoule', () => {
  const csv = table(line('NUCLEO-L4R5ZI', 'Cortex-M4', 'resnet8-cifar10', 165.125))
    .replace('grade', 'grade,energy_uj')
    .replace(',A', ',A,6700');
  const { rows } = validateExternal({ csv, judging: 'energy' });
  expect(rows).toHaveLength(1);
  expect(rows[0].measuredMs).toBe(6700);
  expect(rows[0].predictedMs / 6700).toBeGreaterThan(0.7);
  expect(rows[0].predictedMs / 6700).toBeLessThan(1.4);
});

test('single operators are judged apart, those of the simulated accelerator among them', () => {
  const { rows, skipped } = validateExternal({ judging: 'operators' });
  expect(rows.some(({ id }) => id.startsWith('eees-'))).toBe(true);
  expect(rows.some(({ engine }) => engine === 'kpu')).toBe(true);
  expect(new Set([...rows, ...skipped].map(({ id }) => id)).size).toBe(882);
});

test('a row that is skipped counts as wholly wrong where it is judged', () => {
  const { rows, judged, skipped } = validateExternal({
    csv: table(line('NUCLEO-L4R5ZI', 'Cortex-M4', 'yolo', 9)),
  });
  expect(rows).toEqual([]);
  expect(skipped[0].reason).toContain('yolo');
  expect(judged).toMatchObject({ rows: 1, medianPercent: 100, coveragePercent: 0 });
});
