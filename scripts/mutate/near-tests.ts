/**
 * The near tests of a source file: those of its room, and the few that are nearest by imports.
 *
 * A test file is a candidate when it reaches the source through imports, threads or started scripts. In order:
 *   1. the test of its name beside it (`link.test.ts` of `link.ts`);
 *   2. the tests in its folder and in the folder above (its room), at most ROOM_TESTS, nearest first;
 *   3. the OTHER_TESTS nearest of all others, in src/ and test/.
 * Distance is counted in steps of imports; equal ones are taken in the order of their paths. What is further away is not asked:
 * a mutant that only a distant test would see counts as a survivor.
 */
import { posix } from 'node:path';
import { stepsFrom, type ImportGraph } from './import-graph.ts';
import { isTest } from './tree.ts';

const ROOM_TESTS = 8;
const OTHER_TESTS = 4;

interface Candidate {
  readonly test: string;
  readonly steps: number;
}

export class NearTests {
  readonly #steps: ReadonlyMap<string, ReadonlyMap<string, number>>;

  constructor(graph: ImportGraph) {
    const tests = [...graph.keys()].filter(isTest).sort();
    this.#steps = new Map(tests.map((test) => [test, stepsFrom(graph, test)]));
  }

  /** Nearest first. */
  of(file: string): string[] {
    const candidates = [...this.#steps]
      .map(([test, steps]): Candidate => ({ test, steps: steps.get(file) ?? Infinity }))
      .filter(({ steps }) => Number.isFinite(steps))
      .sort((a, b) => a.steps - b.steps);
    const own = candidates.filter(({ test }) => test === file.replace(/\.ts$/, '.test.ts'));
    const rest = candidates.filter((candidate) => !own.includes(candidate));
    const room = rest.filter(({ test }) => isInRoom(file, test)).slice(0, ROOM_TESTS);
    const others = rest.filter((candidate) => !room.includes(candidate)).slice(0, OTHER_TESTS);
    const chosen = [...room, ...others].sort((a, b) => a.steps - b.steps);
    return [...own, ...chosen].map(({ test }) => test);
  }
}

function isInRoom(file: string, test: string): boolean {
  const [home, folder] = [posix.dirname(file), posix.dirname(test)];
  if (folder === home) return true;
  return folder === posix.dirname(home) && folder !== 'src';
}
