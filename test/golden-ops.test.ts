import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createExecutor } from '../src/kernels/execute/executor.ts';
import { graphFromBytes } from '../src/files/load-model.ts';
import { decodeArray, differsFromGolden, OP_GOLDENS, readOpGoldens } from './support/op-goldens.ts';

const goldens = readOpGoldens();
const names = Object.keys(goldens);
const UNKNOWN = /^op \d+ \([A-Z0-9_]+\): inferscope does not know this operator yet/;

/** `equal`, the first output that is not, or why the file is refused. */
function outcome(name: string): string {
  const { inputs = [], outputs = [] } = goldens[name]!;
  try {
    const graph = graphFromBytes(readFileSync(new URL(name, OP_GOLDENS)), name);
    const got = createExecutor(graph).run(inputs.map(decodeArray));
    const wrong = outputs.findIndex((output, at) => differsFromGolden(got[at]!, output));
    return wrong < 0 ? 'equal' : `output ${wrong} differs`;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Files that Micro runs and whose outputs are known, of one kind. */
const running = (isOfKind: (name: string) => boolean) =>
  names.filter((name) => goldens[name]!.outputs && isOfKind(name));

describe('every operator gives what TensorFlow Lite Micro gives', () => {
  // How many at least, so that an operator which is forgotten shows.
  test.each([
    ['float', 121],
    ['int8', 121],
    ['i16', 68],
    ['u8', 23],
    ['f16', 14],
    ['dyn', 23],
  ])('%s: all outputs of the files whose operators are known, %i or more', (mode, least) => {
    const outcomes = running((name) => name.startsWith('op-') && name.endsWith(`.${mode}.tflite`)).map(
      (name) => `${name}: ${outcome(name)}`,
    );
    const known = outcomes.filter((line) => !UNKNOWN.test(line.slice(line.indexOf(': ') + 2)));
    expect(known.filter((line) => !line.endsWith(': equal'))).toEqual([]);
    expect(known.length).toBeGreaterThanOrEqual(least);
  });

  // Converted with an open batch, which the file calls 1: Micro then fills half of what BATCH_TO_SPACE_ND writes, and
  // gives what lay in the other half.
  test.each(['net-conv1d.float.tflite', 'net-conv1d.int8.tflite'])(
    '%s: refused, half is not computed',
    (name) => {
      expect(goldens[name]!.tflm).toBe('runs');
      expect(outcome(name)).toMatch(
        /is \[1,10,8\] in the model, but its inputs give \[2,10,8\]; its batch is left open/,
      );
    },
  );

  const nets = running((name) => name.startsWith('net-') && !name.startsWith('net-conv1d.'));
  test.each(nets)('%s', (name) => {
    const got = outcome(name);
    expect(UNKNOWN.test(got) ? 'equal' : got).toBe('equal');
  });
});

// What Micro overlooks and inferscope tells: a file that a converter did not mean.
const REFUSED: Readonly<Record<string, string>> = {
  conv_noopt: 'strideH is 0, it must be above 0',
  dil0: 'dilationH is 0, it must be above 0',
  input_shape_0: 'output tensor 3 "Identity" is [1,5,6,6] in the model, but its inputs give [0,5,6,6]',
};

describe('files with one odd thing in them', () => {
  const odd = running((name) => name.startsWith('odd-')).map((name) => name.slice(4, -7));

  test.each(odd.filter((name) => !(name in REFUSED)))('%s: runs as in Micro', (name) => {
    expect(outcome(`odd-${name}.tflite`)).toBe('equal');
  });

  test.each(Object.entries(REFUSED))('%s: refused, "%s"', (name, reason) => {
    expect(odd).toContain(name);
    expect(outcome(`odd-${name}.tflite`)).toContain(reason);
  });
});
