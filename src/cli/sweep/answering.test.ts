import { expect, it } from 'vitest';
import { Interruption } from '../interrupt.ts';
import type { Io } from '../io.ts';
import { answer, type Answering } from './answering.ts';
import type { SweepArgs } from './args.ts';

it('a Ctrl-C that comes with the last results ends before anything is written', async () => {
  const controller = new AbortController();
  const written: string[] = [];
  const io = {
    out: (text: string) => written.push(text),
    err: (text: string) => written.push(text),
    isTerminal: false,
    seconds: () => 0,
  } as unknown as Io;
  const execution = {
    donePoints: 0,
    exportParquet: () => Promise.resolve(written.push('rows')),
    async *results() {
      controller.abort();
    },
  };
  const space = { axes: [], objectives: [] };
  const answering = { space, execution, boards: [], metric: 'latencyMs', signal: controller.signal };
  const args = { json: true, out: 'rows.parquet' } as unknown as SweepArgs;
  await expect(answer(answering as unknown as Answering, args, io)).rejects.toThrow(Interruption);
  expect(written).toEqual([]);
});
