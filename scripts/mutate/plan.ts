/** From the files of the project to the mutants to try and the tests to ask. */
import { createHash } from 'node:crypto';
import { findMutants } from './find-mutants.ts';
import { hashReached, readImports, type ImportGraph } from './import-graph.ts';
import type { Mutant } from './mutant.ts';
import { NearTests } from './near-tests.ts';
import { sampleMutants, type Room } from './sample.ts';
import { isSource, roomOf, type Tree } from './tree.ts';

const ALIASES = {
  inferscope: 'src/index.ts',
  'inferscope/node': 'src/node.ts',
  'inferscope/sweep-worker': 'src/web/sweep-worker.ts',
};

export interface Plan {
  readonly mutants: readonly Mutant[];
  testsOf(mutant: Mutant): readonly string[];
  /** Names what the outcome of a test file depends on: all code that it reaches, and the versions of the packages. */
  testKey(test: string): string;
  /** Names a mutant in an unchanged file. */
  mutantKey(mutant: Mutant): string;
}

export function makePlan(tree: Tree, count: number, seed: number, only: string): Plan {
  const graph = readImports(tree, ALIASES);
  const near = new NearTests(graph, tree);
  const testsOf = memoize((file: string) => near.of(file));
  return {
    mutants: sampleMutants(roomsOf(tree, only), count, seed),
    testsOf: ({ file }) => testsOf(file),
    testKey: memoize((test: string) => hashTest(graph, tree, test)),
    mutantKey: ({ file, start, to }) => hashText(`${file}\n${tree.get(file)}\n${start}\n${to}`),
  };
}

export function roomsOf(tree: Tree, only: string): Room[] {
  const sources = [...tree.keys()].filter((file) => isSource(file) && file.startsWith(only)).sort();
  return [...new Set(sources.map(roomOf))].map((name) => {
    const files = sources.filter((file) => roomOf(file) === name);
    const found = files.map((file) => ({
      text: tree.get(file)!,
      mutants: findMutants(file, tree.get(file)!),
    }));
    const changed = found.filter(({ mutants }) => mutants.length > 0);
    const lines = changed.reduce((sum, { text }) => sum + text.split('\n').length, 0);
    return { name, lines, mutants: found.flatMap(({ mutants }) => mutants) };
  });
}

const hashText = (text: string): string => createHash('sha256').update(text).digest('hex');

function hashTest(graph: ImportGraph, tree: Tree, test: string): string {
  return hashText(
    `test ${hashReached(graph, tree, test)} ${tree.get('package-lock.json')} ${tree.get('vitest.config.ts')}`,
  );
}

function memoize<T>(compute: (name: string) => T): (name: string) => T {
  const known = new Map<string, T>();
  return (name) => {
    if (!known.has(name)) known.set(name, compute(name));
    return known.get(name)!;
  };
}
