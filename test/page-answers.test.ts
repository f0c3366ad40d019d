import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { buildPage } from '../bench/page-bytes.ts';
import { anyBoardById } from '../src/api/boards.ts';
import { readTflite } from '../src/api/files.ts';
import { buildGraph, paperCnn, predict, type Graph, type ModelSpec } from '../src/index.ts';
import { SOURCE_ENTRIES } from './support/source-entries.ts';
import { tempFolder } from './support/temp-folder.ts';

/*
 * A page takes along what it uses, and a board of it has the prices of that alone. What it says is what the whole library says.
 */

/** What the script of a built page prints as JSON, a line each. A page's script runs in Node where it touches no document. */
async function linesOf(script: string): Promise<unknown[]> {
  const files = await buildPage(`\n${script}`, SOURCE_ENTRIES, false);
  const { path, write } = tempFolder();
  write('package.json', '{ "type": "module" }');
  const [entry] = files.filter(({ name }) => name.endsWith('.html')).map(({ content }) => String(content));
  for (const { name, content } of files) write(basename(name), content);
  const [, main] = /src="\/assets\/([^"]+)"/.exec(entry!)!;
  const text = execFileSync(process.execPath, [join(path, main!)], { encoding: 'utf8' });
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;
const BOARDS = ['maixduino', 'openmv-h7-plus'];

/** What the whole library says of networks, a network and a board at a time. */
const answersTo = (graphs: readonly Graph[]): unknown =>
  plain(graphs.flatMap((graph) => BOARDS.map((id) => predict(graph, anyBoardById(id)))));

/** Layers of each kind that a page can build by itself, in a network that both boards run. */
const SPEC: ModelSpec = {
  input: [16, 16, 1],
  layers: 'conv 8 3x3 relu6 | maxpool 2 | depthwise 3x3 relu | avgpool 2 | flatten | dense 10 | softmax',
};

test('a page that knows boards by id predicts the published network', async () => {
  const [answers] = await linesOf(`
    import { predict, paperCnn, boardById } from 'inferscope';
    const graphs = [1, 5, 6, 8, 33].map((filters) => paperCnn({ filters }));
    const boards = ${JSON.stringify(BOARDS)}.map(boardById);
    console.log(JSON.stringify(graphs.flatMap((graph) => boards.map((board) => predict(graph, board)))));
  `);
  expect(answers).toEqual(answersTo([1, 5, 6, 8, 33].map((filters) => paperCnn({ filters }))));
});

test('each kernel library of a board is in that page', async () => {
  const [ids, answers] = await linesOf(`
    import { predict, paperCnn, openmvH7Plus } from 'inferscope';
    const { kernels } = openmvH7Plus.runtime;
    console.log(JSON.stringify(kernels));
    console.log(JSON.stringify(kernels.map((id) => predict(paperCnn({ filters: 7 }), openmvH7Plus, { kernels: id }))));
  `);
  const board = anyBoardById('openmv-h7-plus');
  expect(ids).toEqual(board.runtime.kernels);
  const graph = paperCnn({ filters: 7 });
  expect(answers).toEqual(plain(board.runtime.kernels.map((kernels) => predict(graph, board, { kernels }))));
});

test('a page that builds layers has what they cost', async () => {
  const [answers] = await linesOf(`
    import { predict, buildGraph, maixduino, openmvH7Plus } from 'inferscope';
    const graph = buildGraph(${JSON.stringify(SPEC)});
    console.log(JSON.stringify([maixduino, openmvH7Plus].map((board) => predict(graph, board))));
  `);
  expect(answers).toEqual(answersTo([buildGraph(SPEC)]));
});

test('a page that reads files has it, and a board that was asked before they were loaded', async () => {
  const file = readFileSync(new URL('../examples/models/digits-int8.tflite', import.meta.url));
  const [answers] = await linesOf(`
    import { predict, paperCnn, openmvH7Plus } from 'inferscope';
    predict(paperCnn({ filters: 1 }), openmvH7Plus);
    const { readTflite } = await import('inferscope/files');
    const bytes = Uint8Array.from(atob('${file.toString('base64')}'), (letter) => letter.charCodeAt(0));
    console.log(JSON.stringify(predict(readTflite(bytes, 'x'), openmvH7Plus)));
  `);
  expect(answers).toEqual(plain(predict(readTflite(file, 'x'), anyBoardById('openmv-h7-plus'))));
});

test('a page that makes networks by hand has it with the operators', async () => {
  const map = { shape: [1, 14, 14, 8], dtype: 'float32' } as const;
  const sum: Graph = {
    ...{ name: 'sum', format: 'builder', fileBytes: 0 },
    tensors: ['a', 'b', 'sum'].map((name) => ({ name, ...map })),
    nodes: [{ op: 'ADD', attributes: { activation: 'NONE' }, inputs: [0, 1], outputs: [2] }],
    ...{ inputs: [0, 1], outputs: [2] },
  };
  const [answer] = await linesOf(`
    import { predict, openmvH7Plus } from 'inferscope';
    import { OPERATORS, registerOperators } from 'inferscope/operators';
    registerOperators([OPERATORS.ADD]);
    console.log(JSON.stringify(predict(${JSON.stringify(sum)}, openmvH7Plus)));
  `);
  expect(answer).toEqual(plain(predict(sum, anyBoardById('openmv-h7-plus'))));
});

test('all boards bring what scripts cost, to those of the page too', async () => {
  const [before, after] = await linesOf(`
    import { maixduino } from 'inferscope';
    console.log(JSON.stringify(maixduino.runtime.script ?? null));
    const { allBoards } = await import('inferscope/boards');
    allBoards();
    console.log(JSON.stringify(maixduino));
  `);
  expect(before).toBeNull();
  expect(after).toEqual(plain(anyBoardById('maixduino')));
});

test('a board that a page has not loaded is refused in a line that says where it is', async () => {
  const [message] = await linesOf(`
    import { boardById } from 'inferscope';
    try { boardById('esp32'); } catch (error) { console.log(JSON.stringify(error.message)); }
  `);
  expect(message).toBe(
    'no board "esp32" here; choose from maixduino, openmv-h7-plus, or ask anyBoardById of inferscope/boards',
  );
});
