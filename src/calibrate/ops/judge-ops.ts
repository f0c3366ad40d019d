import type { TensorData } from '../../kernels/definition/kernel.ts';
import { goldenElements, type GoldenTensor, type OpsGolden, type OpsGoldenEntry } from './ops-golden.ts';
import type { OpsFile } from './compute-ops.ts';

/** A share of files that must not fall below its bar. */
export interface OpsGate {
  readonly name: string;
  readonly holds: boolean;
  /** Files that do, of so many. */
  readonly equal: number;
  readonly of: number;
  readonly figure: number;
  readonly bar: number;
}

/** One way in which a file is not what the golden file says. */
export interface OpsDifference {
  readonly file: string;
  readonly what: 'outputs' | 'latency' | 'arena' | 'refusal';
  readonly why: string;
}

export interface OpsJudgement {
  readonly differences: readonly OpsDifference[];
  readonly gates: readonly OpsGate[];
}

/** Floats are equal where |a - b| <= 1e-5 + 1e-5 |a|; two that are no number are equal too. */
function isNear(expected: number, got: number): boolean {
  if (Number.isNaN(expected) || expected === got) return Object.is(expected, got) || expected === got;
  return Math.abs(expected - got) <= 1e-5 + 1e-5 * Math.abs(expected);
}

/** What is wrong with an output; undefined where nothing is. */
function differenceOf(golden: GoldenTensor, base64: string | undefined, at: number): string | undefined {
  if (base64 === golden.base64) return undefined;
  if (base64 === undefined) return `output ${at} is missing`;
  const expected = goldenElements(golden);
  const got = elementsOf(golden, base64);
  if (got?.length !== expected.length) return `output ${at} has another number of bytes`;
  const isEqual = (index: number) =>
    golden.dtype === 'float32'
      ? isNear(Number(expected[index]), Number(got[index]))
      : expected[index] === got[index];
  const wrong = [...expected.keys()].filter((index) => !isEqual(index));
  if (wrong.length === 0) return undefined;
  const [first] = wrong;
  return (
    `output ${at}: ${wrong.length} of ${expected.length} ${golden.dtype} elements differ, ` +
    `element ${first} is ${got[first]}, expected ${expected[first]}`
  );
}

function elementsOf(golden: GoldenTensor, base64: string): TensorData | undefined {
  try {
    return goldenElements({ ...golden, base64 });
  } catch {
    return undefined;
  }
}

function outputDifference(file: OpsFile, { outputs = [] }: OpsGoldenEntry): string | undefined {
  if (file.outputs === null) return `no outputs: ${file.refusal}`;
  const { outputs: got } = file;
  return outputs.map((golden, at) => differenceOf(golden, got[at], at)).find((why) => why !== undefined);
}

function judgeRunning(file: OpsFile, entry: OpsGoldenEntry): OpsDifference[] {
  const found: OpsDifference[] = [];
  const outputs = outputDifference(file, entry);
  if (outputs !== undefined) found.push({ file: file.file, what: 'outputs', why: outputs });
  if (file.latencyMs === null) {
    found.push({ file: file.file, what: 'latency', why: `no latency: ${file.latencyRefusal}` });
  }
  if (entry.headBytes !== undefined && file.headBytes !== entry.headBytes) {
    const got = file.headBytes === null ? 'none' : `${file.headBytes} bytes`;
    found.push({ file: file.file, what: 'arena', why: `arena head is ${got}, expected ${entry.headBytes}` });
  }
  return found;
}

function judgeRefused(file: OpsFile, { why = 'no reason given' }: OpsGoldenEntry): OpsDifference[] {
  const has = [...(file.outputs ? ['outputs'] : []), ...(file.latencyMs === null ? [] : ['a latency'])];
  if (has.length === 0) return [];
  return [{ file: file.file, what: 'refusal', why: `has ${has.join(' and ')}, but is refused: ${why}` }];
}

function gateOf(name: string, files: readonly string[], wrong: ReadonlySet<string>, bar: number): OpsGate {
  const equal = files.filter((file) => !wrong.has(file)).length;
  const figure = files.length === 0 ? 100 : (100 * equal) / files.length;
  return { name, holds: figure >= bar, equal, of: files.length, figure, bar };
}

/** What was computed against what TensorFlow Lite Micro did: every difference, and the bars. */
export function judgeOps(files: readonly OpsFile[], golden: OpsGolden): OpsJudgement {
  const isRun = ({ file }: OpsFile) => golden[file].tflm === 'runs';
  const differences = files.flatMap((file) =>
    isRun(file) ? judgeRunning(file, golden[file.file]) : judgeRefused(file, golden[file.file]),
  );
  const wrong = (what: OpsDifference['what']) =>
    new Set(differences.filter((one) => one.what === what).map(({ file }) => file));
  const runs = files.filter(isRun).map(({ file }) => file);
  const refuses = files.filter((file) => !isRun(file)).map(({ file }) => file);
  const gates = [
    gateOf('files that run, every output equal, %', runs, wrong('outputs'), 97),
    gateOf('files that run and are predicted, %', runs, wrong('latency'), 97),
    gateOf('files that run, arena head equal, %', runs, wrong('arena'), 98),
    gateOf('files that are refused, refused here too, %', refuses, wrong('refusal'), 100),
  ];
  return { differences, gates };
}
