import { expect, test } from 'vitest';
import { hashReached, readImports, stepsFrom } from './import-graph.ts';
import { NearTests } from './near-tests.ts';

const file = (...imports: string[]) => imports.map((name) => `import '${name}';`).join('\n');

test('a file needs what it imports, starts as a thread, or names from the root', () => {
  const tree = new Map([
    ['src/a.ts', "import { b } from './b.ts';\nexport * from './c.ts';\nvoid import('./d.ts');"],
    ['src/b.ts', "new Worker(new URL('./thread.ts', import.meta.url)); start('./entry');"],
    ['src/c.ts', "run('src/d.ts'); import 'package'; call('constructor');"],
    ...['d', 'thread', 'entry'].map((name) => [`src/${name}.ts`, ''] as const),
    ['src/d.test.ts', "import 'package'"],
  ]);
  expect(Object.fromEntries(readImports(tree, { package: 'src/a.ts' }))).toMatchObject({
    'src/a.ts': ['src/b.ts', 'src/c.ts', 'src/d.ts'],
    'src/b.ts': ['src/thread.ts', 'src/entry.ts'],
    'src/c.ts': ['src/d.ts', 'src/a.ts'],
    'src/d.test.ts': ['src/a.ts'],
  });
});

test.each([
  "import type { B } from './b.ts';",
  "import { type B } from './b.ts';",
  "export type * from './b.ts';",
])('%s is gone when the code runs', (text) => {
  const tree = new Map([
    ['src/a.ts', text],
    ['src/b.ts', ''],
  ]);
  expect(readImports(tree, {}).get('src/a.ts')).toEqual([]);
});

const TREE = new Map([
  ['src/room/part/link.ts', ''],
  ['src/room/part/link.test.ts', file('./link.ts')],
  ['src/room/part/other.ts', file('./link.ts')],
  ['src/room/part/other.test.ts', file('./other.ts')],
  ['src/room/room.test.ts', file('./part/link.ts')],
  ['src/room/stranger.test.ts', ''],
  ['src/far/chain.ts', file('../room/part/other.ts')],
  ...[1, 2, 3, 4, 5].map((n) => [`test/far-${n}.test.ts`, file('../src/far/chain.ts')] as const),
  ['test/near.test.ts', file('../src/room/part/other.ts')],
]);

test('near tests: its own, those of the room that reach it, and the four nearest others', () => {
  expect(new NearTests(readImports(TREE, {}), TREE).of('src/room/part/link.ts')).toEqual([
    'src/room/part/link.test.ts',
    'src/room/room.test.ts',
    'src/room/part/other.test.ts',
    'test/near.test.ts',
    'test/far-1.test.ts',
    'test/far-2.test.ts',
    'test/far-3.test.ts',
  ]);
});

test('each word of the name that a test uses makes it a step nearer', () => {
  const tests = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => {
    const words = name === 'e' ? 'KMODEL text' : name === 'f' ? 'text' : '';
    return [`test/${name}.test.ts`, `${file('../src/cli.ts')} // ${words}`] as const;
  });
  const tree = new Map([
    ['src/cli/kmodel-text.ts', ''],
    ['src/cli.ts', file('./cli/kmodel-text.ts')],
    ['test/near.test.ts', file('../src/cli/kmodel-text.ts')],
    ...tests,
  ]);
  expect(new NearTests(readImports(tree, {}), tree).of('src/cli/kmodel-text.ts')).toEqual(
    ['near', 'e', 'f', 'a'].map((name) => `test/${name}.test.ts`),
  );
});

test('a test that is named by a word of the name is nearer than those that only use the words', () => {
  const tests = ['a', 'b', 'c', 'sweep-query'].map((name) => {
    return [`test/${name}.test.ts`, `${file('../src/cli.ts')} // commands query`] as const;
  });
  const tree = new Map([
    ['src/cli/commands/query.ts', ''],
    ['src/cli.ts', file('./cli/commands/query.ts')],
    ...tests,
  ]);
  expect(new NearTests(readImports(tree, {}), tree).of('src/cli/commands/query.ts')).toEqual(
    ['sweep-query', 'a', 'b', 'c'].map((name) => `test/${name}.test.ts`),
  );
});

test('steps are counted from the test, and what lies in test/ is a part of it', () => {
  const steps = (test: string, tree: Map<string, string>) =>
    stepsFrom(readImports(tree, {}), test).get('src/room/part/link.ts');
  expect(steps('test/far-1.test.ts', TREE)).toBe(3);
  const tree = new Map([
    ...TREE,
    ['test/a.test.ts', file('./support/b.ts')],
    ['test/support/b.ts', file('./c.ts', '../../src/far/chain.ts')],
    ['test/support/c.ts', file('../../src/room/part/link.ts')],
  ]);
  expect(steps('test/a.test.ts', tree)).toBe(1);
});

test('what a test depends on changes with any file that it reaches, and with no other', () => {
  const graph = readImports(TREE, {});
  const hash = (changed: string) =>
    hashReached(graph, new Map([...TREE, [changed, '// changed']]), 'src/room/part/other.test.ts');
  expect(hash('src/room/part/link.ts')).not.toBe(hash('test/near.test.ts'));
  expect(hash('test/near.test.ts')).toBe(hashReached(graph, TREE, 'src/room/part/other.test.ts'));
});
