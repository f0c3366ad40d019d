import { expect, test } from 'vitest';
import { paperCnn } from '../models/specs/paper-cnn.ts';
import { predictionProgress, progressLine } from './progress-line.ts';

function told(...instants: readonly number[]): string[] {
  const lines: string[] = [];
  let at = 0;
  const seconds = () => (at === 0 ? 0 : instants[at - 1]!);
  const tell = progressLine(
    { out: () => undefined, err: (text) => void lines.push(text), columns: 80, seconds },
    'work',
  );
  for (at = 1; at <= instants.length; at++) tell(at, instants.length);
  return lines;
}

test('work of less than two seconds says nothing', () => {
  expect(told(0.5, 1, 1.9)).toEqual([]);
});

test('longer work says how far it is, every two seconds', () => {
  expect(told(1, 2.4, 3, 4.4, 9)).toEqual([
    'inferscope: work: 2 of 5 after 2 s\n',
    'inferscope: work: 4 of 5 after 4 s\n',
  ]);
});

test('a small network is predicted without a look at the clock', () => {
  const io = { out: () => undefined, err: () => undefined, columns: 80, seconds: () => 0 };
  const small = paperCnn({ filters: 4 });
  const large = { ...small, nodes: Array.from({ length: 6000 }, () => small.nodes[0]!) };
  expect(predictionProgress(io, [small])).toEqual({});
  expect(predictionProgress(io, [large]).onProgress).toBeTypeOf('function');
});
