import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WalkedCopy, walkBlocks, walkCommands } from './support/walk.ts';

const PAGE = readFileSync(new URL('../CONTRIBUTING.md', import.meta.url), 'utf8');
const COPIED = ['src', 'examples', 'test/support', 'test/fixtures'];

/** The part of the page under a heading of its second level. */
function sectionOf(title: string): string {
  const section = PAGE.split(/^## /m).find((text) => text.startsWith(`${title}\n`));
  if (section === undefined) throw new Error(`CONTRIBUTING.md has no section "${title}"`);
  return section;
}

/** Follows a section of the page in a copy of the sources. */
function walk(title: string): WalkedCopy {
  const copy = new WalkedCopy(COPIED);
  beforeAll(() => copy.follow(walkBlocks(sectionOf(title))));
  afterAll(() => copy.remove());
  return copy;
}

/** Paths of the section's blocks, by what is done to them. */
const pathsOf = (title: string) => walkBlocks(sectionOf(title)).map(({ kind, path }) => `${kind} ${path}`);

describe('the walk "Add a board"', () => {
  const copy = walk('Add a board');

  test('is one file of JSON, or one file and one line', () => {
    const line = walkBlocks(sectionOf('Add a board')).find(({ kind }) => kind === 'line')!;
    expect(line.code.trimEnd().split('\n')).toHaveLength(1);
    expect(pathsOf('Add a board')).toEqual([
      'file openmv-h7.json',
      'file src/boards/openmv-h7.ts',
      'line src/boards/shipped.ts',
    ]);
  });

  test('its types hold', () => {
    expect(copy.typeErrors(['src/boards/openmv-h7.ts', 'src/boards/index.ts'])).toBe('');
  });

  test('each line to run does, and both forms predict the same, with an interval', () => {
    const boards = ['openmv-h7.json', 'openmv-h7'];
    const json = boards.map((board) => ['predict', 'paper:8', '--board', board, '--json']);
    const lines = walkCommands(sectionOf('Add a board'));
    const printed = copy.run([...lines, ...json]);
    expect(printed[0]).toBe('openmv-h7.json: fine\n');
    expect(lines.length).toBe(5);
    const [fromJson, fromTypeScript] = printed
      .slice(lines.length)
      .map((text) => JSON.parse(text).predictions[0]);
    const { low, value, high, domain } = fromJson.latencyMs;
    expect([low > 0, low < value, value < high, domain]).toEqual([true, true, true, 'extrapolated']);
    expect(fromJson.memory.fits).toBe(true);
    expect(fromTypeScript).toEqual(fromJson);
  });
});

describe('the walk "Add a command"', () => {
  const copy = walk('Add a command');

  test('is one file, its place in the list, and one test', () => {
    expect(pathsOf('Add a command')).toEqual([
      'file src/cli/commands/count.ts',
      'lines src/cli/commands/index.ts',
      'file test/cli-count.test.ts',
    ]);
  });

  test('its types hold', () => {
    expect(copy.typeErrors(['src/cli/commands/count.ts'])).toBe('');
  });

  test('its test passes', () => {
    expect(copy.test('test/cli-count.test.ts')).toEqual({ passed: 2, failed: 0 });
  });

  test('the help names it behind inspect, and it runs', () => {
    const [help, count] = copy.run(walkCommands(sectionOf('Add a command')));
    expect(help).toMatch(
      /inferscope inspect .*\n[^]*inferscope count <model> +Multiply-accumulates of each op/,
    );
    expect(count).toBe('CONV_2D 14112\nRESHAPE 0\nFULLY_CONNECTED 15680\n');
  });
});

test('every script of npm that a page names is there', () => {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const { scripts } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'));
  const pages = ['CONTRIBUTING.md', 'README.md', 'docs/architecture.md', 'docs/add-an-operator.md'];
  const named = pages.flatMap((page) =>
    [...readFileSync(`${root}/${page}`, 'utf8').matchAll(/npm run (?:--silent )?([\w:]+)/g)].map(
      ([, name]) => name,
    ),
  );
  expect(named.filter((name) => !(name! in scripts))).toEqual([]);
  expect(named).toContain('docs');
});
