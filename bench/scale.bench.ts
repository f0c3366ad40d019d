// How the commands grow with the network: time an operator of predict, place, memory, explain and inspect on synthetic
// networks of 100 to 10,000 operators, from the file to the text, and the memory of all of it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { Io } from '../src/cli/io.ts';
import { runCli } from '../src/cli/run-cli.ts';
import { writeTflite } from '../src/files/tflite.ts';
import type { Graph, GraphNode, Tensor } from '../src/models/graph/graph.ts';
import { buildGraph } from '../src/models/specs/builder.ts';
import { withDrawnWeights } from '../src/models/specs/synthetic-weights.ts';
import { judge, printTable, type Bar } from './harness.ts';

const OPERATORS = [100, 1000, 10_000];
const ROUNDS = 3;
const BARS = { growth: 3, megabytes: 400 };
const COMMANDS = ['inspect', 'place', 'memory', 'predict', 'explain'];

/** Convolutions, depthwise convolutions and activations one after the other: few tensors are alive at once. */
function chain(operators: number): Graph {
  const kinds = ['conv 4 3x3 same', 'relu', 'depthwise 3x3 same'];
  const layers = Array.from({ length: operators }, (_, at) => kinds[at % kinds.length]);
  return withDrawnWeights(buildGraph({ name: 'chain', input: [8, 8, 4], layers }));
}

/** As many outputs as operators, all of them alive to the end: the planner's worst case. */
function fan(operators: number): Graph {
  const shape = [1, 16];
  const tensors = Array.from({ length: operators + 1 }, (_, at): Tensor => ({
    name: `map ${at}`,
    shape,
    dtype: 'float32',
  }));
  const nodes = Array.from({ length: operators }, (_, at): GraphNode => ({
    op: 'RELU',
    attributes: {},
    inputs: [0],
    outputs: [at + 1],
  }));
  const outputs = nodes.map((_, at) => at + 1);
  return { name: 'fan', format: 'builder', tensors, nodes, inputs: [0], outputs, fileBytes: 0 };
}

const NETWORKS = [
  { name: 'chain', make: chain, board: 'openmv-h7-plus' },
  { name: 'chain', make: chain, board: 'maixduino' },
  { name: 'fan', make: fan, board: 'openmv-h7-plus' },
];

let printed = 0;
const io: Io = {
  out: (text) => void (printed += text.length),
  err: (text) => void process.stderr.write(text),
  columns: 100,
  seconds: () => Number(process.hrtime.bigint()) / 1e9,
};

/** Milliseconds of one command line, the best of the rounds. */
async function bestMs(argv: readonly string[]): Promise<number> {
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const start = process.hrtime.bigint();
    const code = await runCli(argv, io);
    if (code !== 0) throw new Error(`${argv.join(' ')} ended with ${code}`);
    best = Math.min(best, Number(process.hrtime.bigint() - start) / 1e6);
  }
  return best;
}

const folder = mkdtempSync(join(tmpdir(), 'inferscope-scale-'));
const rows: string[][] = [];
const bars: Bar[] = [];
for (const { name, make, board } of NETWORKS) {
  const files = OPERATORS.map((operators) => join(folder, `${name}-${operators}.tflite`));
  files.forEach((file, at) => writeFileSync(file, writeTflite(make(OPERATORS[at]))));
  for (const command of COMMANDS) {
    const isOnBoard = command !== 'inspect';
    if (!isOnBoard && board !== NETWORKS[0].board) continue;
    const usPerOp: number[] = [];
    for (const [at, file] of files.entries()) {
      const ms = await bestMs([command, file, ...(isOnBoard ? ['--board', board] : [])]);
      usPerOp.push((1000 * ms) / OPERATORS[at]);
    }
    const title = [command, name, ...(isOnBoard ? [board] : [])].join(' ');
    rows.push([title, ...usPerOp.map((us) => us.toFixed(1))]);
    const growth = usPerOp.at(-1)! / usPerOp.at(-2)!;
    bars.push({ name: `${title}: growth`, value: growth, bar: BARS.growth, atMost: true, unit: 'x' });
  }
}
rmSync(folder, { recursive: true });
printTable(
  ['command', ...OPERATORS.map((operators) => `us an op at ${operators.toLocaleString('en')}`)],
  rows,
);
const megabytes = process.resourceUsage().maxRSS / 1000;
judge([
  ...bars,
  { name: 'memory of the process', value: megabytes, bar: BARS.megabytes, atMost: true, unit: ' MB' },
]);
console.log(`${printed.toLocaleString('en')} characters printed`);
