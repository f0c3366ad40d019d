import { expect, it } from 'vitest';
import { allBoards } from '../../boards/all-boards.ts';
import { modelFromSpec } from '../../files/spec-graphs.ts';
import type { Graph } from '../../models/graph/graph.ts';
import { countOperators } from './operators.ts';
import { formatOperators } from './operators-text.ts';

const BOARDS = allBoards().filter(({ id }) => ['maixduino', 'openmv-h7-plus', 'esp32'].includes(id));
const paper = modelFromSpec('paper:8') as Graph;

const renamed = (op: string): Graph => ({
  ...paper,
  nodes: paper.nodes.map((node) => (node.op === 'RESHAPE' ? { ...node, op } : node)),
});

const lackingOf = (graph: Graph, op: string) =>
  countOperators(graph, BOARDS).operators.find((one) => one.op === op)!.lacking;

it('counts operators by kind and type, and finds all of the paper on every board', () => {
  const { operators, boards } = countOperators(paper, BOARDS);
  expect(operators.reduce((sum, { count }) => sum + count, 0)).toBe(paper.nodes.length);
  expect(operators.map(({ op, dtype }) => `${op} ${dtype}`)).toContain('CONV_2D float32');
  expect(boards).toEqual(BOARDS.map(({ id }) => id));
});

// TensorFlow r2.4 registers no EXP in micro/all_ops_resolver.cc, which OpenMV's libtf uses; ncc 0.1 has no layer of it.
it('names the boards whose runtime lacks one, and what it says', () => {
  const lacking = lackingOf(renamed('EXP'), 'EXP');
  expect(lacking.map(({ board }) => board)).toEqual(['maixduino', 'openmv-h7-plus']);
  expect(lacking[0]!.reason).toContain('Layer EXP is not supported');
  expect(lacking[1]!.reason).toContain('November 2020');
});

it('a kind that no runtime has is counted all the same', () => {
  const text = formatOperators(countOperators(renamed('CUSTOM:Mine'), BOARDS));
  expect(text).toMatch(/CUSTOM:Mine +float32 +1 +none of 3/);
  expect(text).toContain('no board has all of them');
});
