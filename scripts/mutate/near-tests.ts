/**
 * The near tests of a source file: those of its room, and the few that are nearest by imports.
 *
 * A test file is a candidate when it reaches the source through imports, threads or started scripts. In order:
 *   1. the test of its name beside it (`link.test.ts` of `link.ts`);
 *   2. the tests in its folder and in the folder above (its room), at most ROOM_TESTS, nearest first;
 *   3. the OTHER_TESTS nearest of all others, in src/ and test/.
 * Distance is counted in steps of imports, and each word of the source's name and folder that the test uses makes it a step nearer, and
 * three more if the test is named by it: all tests of the command line reach all commands, but those that say "convert" come
 * first for `convert.ts`, and `sweep-query.test.ts` before all others for `query.ts`. Equally near ones are taken in the order of
 * their paths.
 * What is further away is not asked: a mutant that only a distant test would see counts as a survivor.
 */
import { posix } from 'node:path';
import { stepsFrom, type ImportGraph } from './import-graph.ts';
import { isTest, type Tree } from './tree.ts';

const ROOM_TESTS = 8;
const OTHER_TESTS = 4;
/** How much nearer each word of the source's in the name of a test brings it. */
const NAMED_STEPS = 3;

interface Candidate {
  readonly test: string;
  readonly distance: number;
}

export class NearTests {
  readonly #tree: Tree;
  readonly #steps: ReadonlyMap<string, ReadonlyMap<string, number>>;

  constructor(graph: ImportGraph, tree: Tree) {
    this.#tree = tree;
    const tests = [...graph.keys()].filter(isTest).sort();
    this.#steps = new Map(tests.map((test) => [test, stepsFrom(graph, test)]));
  }

  /** Nearest first, those in test/ last: they are the long ones. */
  of(file: string): string[] {
    const words = wordsOf(file);
    const candidates = [...this.#steps]
      .filter(([, steps]) => steps.has(file))
      .map(([test, steps]): Candidate => {
        const text = this.#tree.get(test)!.toLowerCase();
        const used = words.filter((word) => text.includes(word));
        const named = words.filter((word) => wordsOf(posix.basename(test)).includes(word));
        return { test, distance: steps.get(file)! - used.length - NAMED_STEPS * named.length };
      })
      .sort((a, b) => a.distance - b.distance);
    const own = candidates.filter(({ test }) => test === file.replace(/\.ts$/, '.test.ts'));
    const rest = candidates.filter((candidate) => !own.includes(candidate));
    const room = rest.filter(({ test }) => isInRoom(file, test)).slice(0, ROOM_TESTS);
    const others = rest.filter((candidate) => !room.includes(candidate)).slice(0, OTHER_TESTS);
    const chosen = [...room, ...others].sort((a, b) => isFar(a) - isFar(b) || a.distance - b.distance);
    return [...own, ...chosen].map(({ test }) => test);
  }
}

/** "inspect", "kmodel" and "text" of `cli/inspect/kmodel-text.ts`. */
function wordsOf(file: string): string[] {
  const words = file
    .replace(/(\.test)?\.ts$/, '')
    .split('/')
    .slice(-2)
    .join('-')
    .split('-');
  return [...new Set(words)].filter((word) => word !== 'index');
}

const isFar = ({ test }: Candidate): number => Number(test.startsWith('test/'));

function isInRoom(file: string, test: string): boolean {
  const [home, folder] = [posix.dirname(file), posix.dirname(test)];
  if (folder === home) return true;
  return folder === posix.dirname(home) && folder !== 'src';
}
